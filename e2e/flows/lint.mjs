// Reads BPMN with the modeller's own reader and holds it against the linter's recommended rules.

import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';
import { Linter } from 'bpmnlint';

const require = createRequire(import.meta.url);
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');

/** Returns what the reader warns of and the linter calls an error, each as a line. */
export async function complaints(xml) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml);
  const linter = new Linter({
    config: { extends: 'bpmnlint:recommended' },
    resolver: new NodeResolver({ require }),
  });
  const reports = Object.entries(await linter.lint(rootElement));
  const errors = reports.flatMap(([rule, found]) =>
    found.filter((it) => it.category === 'error').map((it) => `${rule}: ${it.id} ${it.message}`),
  );
  return [...warnings.map((it) => it.message), ...errors];
}
