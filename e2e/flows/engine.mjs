// Runs a flow in bpmn-engine, which knows nothing of ours but the file.

import { EventEmitter } from 'node:events';
import { Engine } from 'bpmn-engine';

/** Joining gateways are the model's own; what is written is called n and a number. */
const IS_WRITTEN = /^n\d+$/;

/**
 * Runs the process, choosing at each gateway what leads along `way`, and returns what was visited.
 *
 * A choice is a variable, `choice_n2 == 1`, as the file says: the exits are counted from 1 in
 * their order in the file.
 */
export async function visits(xml, way) {
  const rest = [...way];
  const visited = [];
  const variables = {};
  const listener = new EventEmitter();
  listener.on('activity.enter', ({ id }) => {
    if (!IS_WRITTEN.test(id)) return;
    visited.push(id);
    if (rest[0] === id) rest.shift();
    const nth = exits(xml, id).findIndex((it) => it === rest[0]);
    variables[`choice_${id}`] = nth + 1;
  });
  listener.on('activity.wait', (task) => task.signal());
  const engine = new Engine({
    source: xml,
    expressions: {
      resolveExpression: (text) => new Function(...Object.keys(variables), `return ${text}`)(...Object.values(variables)),
      isExpression: () => true,
      hasExpression: () => true,
    },
  });
  const execution = await engine.execute({ listener });
  if (!execution.isRunning && execution.completed !== false) return visited;
  await engine.waitFor('end');
  return visited;
}

/** Returns where the exits of a gateway lead, past the gateways that only join. */
function exits(xml, id) {
  const flows = [...xml.matchAll(/<sequenceFlow id="\w+" sourceRef="(\w+)" targetRef="(\w+)"/g)];
  const to = (from) => flows.filter((it) => it[1] === from).map((it) => it[2]);
  return to(id).map((it) => (IS_WRITTEN.test(it) ? it : to(it)[0]));
}
