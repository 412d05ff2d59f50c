// Owns waiting for a program: one that has no answer for now is asked again until there is one, and one that
// is slow is asked one question after the other.
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

/**
 * One question at a time: what comes meanwhile waits, and of that only the last is asked, so that a drag never
 * leaves a slow program a queue. A question that another takes the place of is never answered.
 * @template T
 */
class Latest {
  /** @param {(text: string) => Promise<T>} ask */
  constructor(ask) {
    this.question = ask;
    /** @type {{ text: string, answer: Promise<T> } | null} the one that is asked */
    this.current = null;
    /** @type {(() => void) | null} asks the one that waits */
    this.next = null;
  }

  /** @param {string} text @returns {Promise<T>} */
  ask(text) {
    if (!this.current) return this.start(text);
    if (this.current.text === text && !this.next) return this.current.answer;
    return new Promise((resolve) => { this.next = () => resolve(this.start(text)); });
  }

  /** @param {string} text */
  start(text) {
    const answer = this.question(text);
    const goOn = () => {
      this.current = null;
      const { next } = this;
      this.next = null;
      next?.();
    };
    this.current = { text, answer };
    answer.then(goOn, goOn);
    return answer;
  }
}

export { Latest, Patience };
