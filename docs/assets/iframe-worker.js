// A page that is opened as a file may start no worker, so that the search runs in a frame instead.
"use strict";

class IFrameWorker extends EventTarget {
  #inside;
  #begun;

  constructor(url) {
    super();
    const frame = document.createElement("iframe");
    frame.hidden = true;
    document.body.append(frame);
    this.#inside = frame.contentWindow;
    this.#inside.postMessage = (data) =>
      this.dispatchEvent(new MessageEvent("message", { data }));
    this.#inside.importScripts = (...urls) =>
      urls.reduce((before, one) => before.then(() => this.#load(one)), Promise.resolve());
    this.#begun = this.#load(url);
  }

  postMessage(data) {
    this.#begun.then(() =>
      this.#inside.dispatchEvent(new this.#inside.MessageEvent("message", { data })),
    );
  }

  #load(url) {
    return new Promise((resolve, reject) => {
      const script = this.#inside.document.createElement("script");
      script.src = new URL(url, document.baseURI);
      script.onload = resolve;
      script.onerror = reject;
      this.#inside.document.body.append(script);
    });
  }
}

if (location.protocol === "file:") {
  window.IFrameWorker = window.Worker = IFrameWorker;
}
