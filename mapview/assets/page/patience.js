// Owns waiting for a program that has no answer for now: one question is asked again until there is one.
import { AGAIN_MS, FeedError } from "../feed.js";

/** @param {unknown} error */
const mayPass = (error) => error instanceof FeedError && error.canRetry;

class Patience {
  /** @param {number} [again] after how many milliseconds a question is asked again */
  constructor(again = AGAIN_MS) {
    this.again = again;
    /** @type {Promise<void> | null} until then nothing is answered */
    this.back = null;
    /** @type {(isWaiting: boolean) => void} */
    this.onChange = () => {};
  }

  /**
   * The answer to a question, whenever it comes. The first that fails is asked again and again; all
   * others wait for it. What will never be answered is thrown.
   * @template T @param {() => Promise<T>} question @returns {Promise<T>}
   */
  async ask(question) {
    for (;;) {
      try {
        return await question();
      } catch (error) {
        if (!mayPass(error)) throw error;
      }
      this.back ??= this.until(question);
      await this.back;
    }
  }

  /** Wait for an answer of any kind. @param {() => Promise<unknown>} question */
  async until(question) {
    this.onChange(true);
    for (let isAway = true; isAway;) {
      await new Promise((resolve) => { setTimeout(resolve, this.again); });
      isAway = await question().then(() => false, mayPass);
    }
    this.back = null;
    this.onChange(false);
  }
}

export { Patience };
