// Owns waiting for a program: one that has no answer for now is asked again until there is one, and one that
// is slow is asked one question after the other.
import { AGAIN_MS, FeedError } from "../feed.js";
import { term } from "../tongue.js";

const LATE_MS = 2_000; // who waits longer wants to know that it is still worked at
const NO_ANSWER = term("There is no answer for now; it is asked for again and again.");
const LATE = term("The answer takes longer; what is shown was answered before.");

/** @param {unknown} error */
const mayPass = (error) => error instanceof FeedError && error.canRetry;

class Patience {
  /**
   * @param {number} [again] after how many milliseconds a question is asked again
   * @param {number} [late] after how many of them an answer takes longer
   */
  constructor(again = AGAIN_MS, late = LATE_MS) {
    this.again = again;
    this.late = late;
    this.lateOnes = 0;
    /** @type {Promise<void> | null} until then nothing is answered */
    this.back = null;
    /** @type {(told: string) => void} is given a message of the catalogue while it is waited, else nothing */
    this.onChange = () => {};
  }

  /** Tell what is waited for, if anything is. */
  tell() {
    this.onChange((this.back && NO_ANSWER) || (this.lateOnes > 0 && LATE) || "");
  }

  /** Count a question among those that take longer, once it does. @returns {() => void} for when it is answered */
  watch() {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.lateOnes += 1;
      this.tell(); // what is shown by now may be of another question than when the first was late
    }, this.late);
    return () => {
      clearTimeout(timer);
      if (!isLate) return;
      this.lateOnes -= 1;
      if (!this.lateOnes) this.tell();
    };
  }

  /**
   * The answer to a question, whenever it comes. The first that fails is asked again and again; all
   * others wait for it. What will never be answered is thrown.
   * @template T @param {() => Promise<T>} question @returns {Promise<T>}
   */
  async ask(question) {
    for (;;) {
      const over = this.watch();
      try {
        return await question();
      } catch (error) {
        if (!mayPass(error)) throw error;
      } finally {
        over();
      }
      if (!this.back) {
        this.back = this.until(question);
        this.tell();
      }
      await this.back;
    }
  }

  /** Wait for an answer of any kind. @param {() => Promise<unknown>} question */
  async until(question) {
    for (let isAway = true; isAway;) {
      await new Promise((resolve) => { setTimeout(resolve, this.again); });
      isAway = await question().then(() => false, mayPass);
    }
    this.back = null;
    this.tell();
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

export { LATE, Latest, Patience };
