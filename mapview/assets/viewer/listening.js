// Owns taking a stage away again: what it listens to outside of itself ends with it.

class Listening {
  constructor() {
    /** @type {(() => void)[]} */
    this.undo = [];
  }

  /**
   * Remember what is listened to on the page and its window while something is made there and lives.
   * @template T @param {() => T} make @returns {T}
   */
  during(make) {
    const ways = [document, window].map((target) => this.remember(target));
    const { matchMedia } = window;
    window.matchMedia = (query) => {
      const media = matchMedia.call(window, query);
      this.remember(media);
      return media;
    };
    this.undo.push(() => {
      window.matchMedia = matchMedia;
      for (const one of ways) one();
    });
    return make();
  }

  /** @param {EventTarget} target @returns {() => void} ends the remembering */
  remember(target) {
    const { addEventListener } = target;
    target.addEventListener = (/** @type {[any, any, any]} */ ...args) => {
      this.undo.push(() => target.removeEventListener(...args));
      addEventListener.apply(target, args);
    };
    return () => {
      target.addEventListener = addEventListener;
    };
  }

  end() {
    for (const one of this.undo.splice(0).reverse()) one();
  }
}

export { Listening };
