import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { validate } from '../ooxml/validate.mjs';
import { expect, signIn, test } from '../support/journey.js';
import { printed } from '../support/office.js';
import { newPage } from '../support/officers.js';
import { output, shixiang } from '../support/program.js';

const OFFICE = ['--body', '武山县民政局'];
const ITEM = ['--item', '62052400MZ-XK-0001'];
const FOUND = '/workbench/query/export?unit=民政局';

/** Each file that we write: what writes it, how one gets it, and words that its first page must
 * show. What is filled from a template is looked at where it is issued, in approvals.spec.js. */
const FILES = [
  { name: 'table1.docx', writer: 'form_docx', get: exported(OFFICE), words: '事项名称' },
  { name: 'table2.docx', writer: 'form_docx', get: exported(OFFICE), words: '事项名称' },
  { name: 'pack.docx', writer: 'pack_docx', get: exported(OFFICE), words: '目录' },
  { name: 'flow.docx', writer: 'flow_docx', get: exported(OFFICE), words: '流程图' },
  { name: 'posts.docx', writer: 'posts_docx', get: exported(OFFICE), words: '岗位说明' },
  { name: 'guide.docx', writer: 'guide_docx', get: exported(ITEM), words: '能不能办' },
  { name: 'notice.docx', writer: 'notice_docx', get: exported(ITEM), words: '一次性告知单', nPages: 1 },
  { name: 'catalogue.xlsx', writer: 'CatalogueXlsx', get: exported(OFFICE), words: '事项名称' },
  ...['a4', 'a4-landscape', 'a3', 'a3-landscape'].map((paper) => ({
    name: `flow-${paper}.docx`,
    writer: 'flow_docx',
    get: exported([...ITEM, '--paper', paper], 'flow.docx'),
    words: '社会团体成立登记流程图',
  })),
  { name: 'report.xlsx', writer: 'Report', get: reported, words: '读入' },
  { name: 'first-passwords.xlsx', writer: 'lists_xlsx', get: firstPasswords, words: '初始密码' },
  { name: 'accounts.xlsx', writer: 'lists_xlsx', get: downloaded('demo-admin', '/workbench/officers/table/blank'), words: '账号' },
  { name: 'standard.xlsx', writer: 'lists_xlsx', get: downloaded('demo-admin', '/help/standards/wushan'), words: '要素' },
  { name: 'tasks.xlsx', writer: 'lists_xlsx', get: downloaded('demo-clerk', '/workbench/tasks/export?tray=mine'), words: '事项' },
  { name: 'found.xlsx', writer: 'CatalogueXlsx', get: downloaded('demo-clerk', FOUND), words: '事项名称' },
  { name: 'found-table2.docx', writer: 'form_docx', get: downloaded('demo-clerk', `${FOUND}&format=table2`), words: '事项名称' },
  { name: 'found-pack.docx', writer: 'pack_docx', get: downloaded('demo-clerk', `${FOUND}&format=pack`), words: '目录' },
  { name: 'found-flow.docx', writer: 'flow_docx', get: downloaded('demo-clerk', `${FOUND}&format=flow`), words: '流程图' },
  { name: 'found-posts.docx', writer: 'posts_docx', get: downloaded('demo-clerk', `${FOUND}&format=posts`), words: '岗位说明' },
  { name: 'public-guide.docx', writer: 'guide_docx', get: downloaded(null, `/items/${ITEM[1]}.docx`), words: '能不能办' },
  { name: 'public-notice.docx', writer: 'notice_docx', get: downloaded(null, `/items/${ITEM[1]}/notice.docx`), words: '一次性告知单', nPages: 1 },
  { name: 'public-flow.docx', writer: 'flow_docx', get: downloaded(null, `/items/${ITEM[1]}/flow.docx?paper=a3`), words: '流程图' },
];

// Starting an office suite takes its time.
test.setTimeout(600_000);

test('each file that we write is sound by the rules of its format and opens in LibreOffice', async ({ browser }, info) => {
  const paths = [];
  for (const { name, get } of FILES) {
    const path = info.outputPath(name);
    await mkdir(dirname(path), { recursive: true });
    await get(path, browser);
    expect.soft(await validate(path), name).toEqual([]);
    paths.push(path);
  }
  const all = await printed(paths);
  for (const [nth, { name, words, nPages }] of FILES.entries()) {
    const pages = all[nth];
    expect.soft(pages.length, `pages of ${name}`).toBeGreaterThan(0);
    if (nPages) expect.soft(pages.length, `pages of ${name}`).toBe(nPages);
    expect.soft(pages[0]?.replace(/\s/g, ''), name).toContain(words);
    if (name.endsWith('.docx')) {
      expect.soft(pages.filter((it) => it.trim() === '').length, `empty pages of ${name}`).toBe(0);
    }
  }
});

test('each document in a packed folder is sound', async ({}, info) => {
  const zip = info.outputPath('pack.zip');
  await mkdir(dirname(zip), { recursive: true });
  await exported(OFFICE)(zip);
  await output('python3', ['-m', 'zipfile', '-e', zip, info.outputPath('pack')]);
  const files = await readdir(info.outputPath('pack'), { recursive: true });
  const documents = files.filter((it) => it.endsWith('.docx'));
  expect(documents.length).toBeGreaterThan(10);
  for (const file of documents) {
    expect(await validate(join(info.outputPath('pack'), file)), file).toEqual([]);
  }
});

test('no writer and no format of the command is left out', async () => {
  const names = await readFile(new URL('../../crates/documents/src/write/mod.rs', import.meta.url), 'utf8');
  const told = names.slice(names.indexOf('pub use self'), names.indexOf('pub(crate) use'));
  const writers = told.match(/\b(\w+_(docx|xlsx)|\w+Xlsx|Report)\b/g);
  expect(new Set(FILES.map((it) => it.writer))).toEqual(new Set(writers));
  const help = await output(shixiang(), ['export', '--help']);
  const formats = new Set(help.match(/[a-z0-9]+\.(docx|xlsx)/g));
  const checked = new Set(FILES.map((it) => it.name));
  expect([...formats].filter((it) => !checked.has(it))).toEqual([]);
});

for (const { name, get } of FILES.filter((it) => it.get.isExport)) {
  test(`${name} exported twice is the same file`, async ({}, info) => {
    const [once, again] = [info.outputPath(`once-${name}`), info.outputPath(`again-${name}`)];
    await mkdir(dirname(once), { recursive: true });
    await get(once);
    await get(again);
    expect((await readFile(once)).equals(await readFile(again))).toBe(true);
  });
}

/** Exports from the demo's county, whose items are complete. */
function exported(whose, format) {
  const get = async (path) => {
    const place = ['--data', process.env.SHIXIANG_DATA, '--public-url', 'https://zwfw.example.gov.cn'];
    const what = format ?? path.replace(/^.*[/-](\w+\.\w+)$/, '$1');
    await output(shixiang(), ['export', what, ...place, ...whose, '--out', path]);
  };
  get.isExport = true;
  return get;
}

/** Gets a file from the site, signed in where an account is named. */
function downloaded(account, address) {
  return async (path, browser) => {
    const page = await newPage(browser);
    if (account) await signIn(page, account);
    const answer = await page.request.get(address);
    expect(answer.status(), address).toBe(200);
    await writeFile(path, await answer.body());
    await page.context().close();
  };
}

/** Lets a table be looked at, and takes the report of what would become of each row. */
async function reported(path) {
  const data = ['--data', process.env.SHIXIANG_DATA];
  const table = path.replace('report.xlsx', 'table.csv');
  await output(shixiang(), ['export', 'catalogue.csv', ...data, ...OFFICE, '--out', table]);
  await output(shixiang(), ['import', table, ...data, '--standard', 'wushan', '--dry-run', '--report', path]);
}

/** Opens accounts by a table, and takes the sheet with their first passwords. */
async function firstPasswords(path, browser) {
  const page = await newPage(browser);
  await signIn(page, 'demo-admin');
  await page.goto('/workbench/officers/table');
  const rows = '账号,岗位或者姓名,角色,审核环节,管到哪里\nwenjian-01,演练·文件岗,录入,,武山县民政局\n';
  const table = { name: '账号.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) };
  await page.getByLabel('填好的表').setInputFiles(table);
  await page.getByRole('button', { name: '上传并预览' }).click();
  const given = page.waitForEvent('download');
  await page.getByRole('button', { name: /下载初始密码/ }).click();
  await (await given).saveAs(path);
  await page.context().close();
}
