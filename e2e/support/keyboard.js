import { tabTo } from './journey.js';

/** Tabs between any two controls of a page. */
const MOST = 600;

/** Somebody who has a keyboard and nothing else. */
export class Keyboard {
  constructor(page) {
    this.page = page;
  }

  /** Goes forward to a control. */
  async to(target) {
    await tabTo(this.page, target, MOST);
  }

  /** Goes back to a control that lies behind. */
  async backTo(target) {
    await tabTo(this.page, target, MOST, 'Shift+Tab');
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Goes to a link or a button and presses it. */
  async use(target) {
    await this.to(target);
    await this.press('Enter');
  }

  /** Goes to a field and writes into it. */
  async write(target, text) {
    await this.to(target);
    await this.page.keyboard.type(text);
  }

  /** Goes to a selection and walks it down to an option, by its label or its value. */
  async choose(target, wanted) {
    await this.to(target);
    const left = await target.evaluate((it, wanted) => {
      const to = [...it.options].findIndex((option) => [option.label, option.value].includes(wanted));
      return to - it.selectedIndex;
    }, wanted);
    if (left < 0) throw new Error(`${wanted} is not below what is chosen`);
    for (let at = 0; at < left; at += 1) await this.press('ArrowDown');
  }
}
