import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { output } from './program.js';

/** Returns the text of each page that LibreOffice would print of each of these files, which are
 * in one folder. */
export async function printed(files) {
  const folder = dirname(files[0]);
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'office'))}`;
  const convert = ['--headless', '--norestore', '--convert-to', 'pdf', '--outdir', join(folder, 'printed')];
  await output('soffice', [profile, ...convert, ...files]);
  const pages = [];
  for (const file of files) {
    const pdf = join(folder, 'printed', basename(file).replace(/\.\w+$/, '.pdf'));
    const text = await output('pdftotext', ['-layout', pdf, '-']);
    // Each page ends with a form feed.
    pages.push(text.split('\f').slice(0, -1));
  }
  return pages;
}
