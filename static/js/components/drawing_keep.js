// What was drawn and is not saved yet. It is kept on the device, encrypted with a key that only a
// signed-in session gives, and is sent in the order in which it was drawn. Every act carries an
// operation id of its own, so that sending it twice does it once.
"use strict";

const PREFIX = "netwerk-drawing.";
const OLDEST = 12 * 3600 * 1000; // milliseconds; no session lasts longer
const WAITS = [1000, 2000, 5000, 10000];
const PATIENCE = 20000;

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const letters = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

export function newOperation() {
  const made = crypto.getRandomValues(new Uint8Array(16));
  return [...made].map((each) => each.toString(16).padStart(2, "0")).join("");
}

// Writes on the device what only this session can read. Without WebCrypto it keeps nothing.
class Drawer {
  constructor(secret) {
    this.key = crypto.subtle && secret
      ? crypto.subtle.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"])
      : null;
  }

  async keep(act) {
    if (!this.key) return false;
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = new TextEncoder().encode(JSON.stringify(act));
      const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.key, plain);
      if (act.sent) return true; // it arrived in the meantime
      const kept = { at: act.at, iv: letters(iv), data: letters(data) };
      localStorage.setItem(PREFIX + act.operation, JSON.stringify(kept));
      return true;
    } catch {
      return false; // the device is full, or keeps nothing: it stays in this page
    }
  }

  drop(act) {
    act.sent = true;
    try { localStorage.removeItem(PREFIX + act.operation); } catch { /* nothing was kept */ }
  }

  async kept() {
    if (!this.key) return [];
    const found = [];
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      try {
        const { at, iv, data } = JSON.parse(localStorage.getItem(name));
        const given = { name: "AES-GCM", iv: bytes(iv) };
        const plain = await crypto.subtle.decrypt(given, await this.key, bytes(data))
          .catch(() => null);
        if (plain) found.push(JSON.parse(new TextDecoder().decode(plain)));
        else if (Date.now() - at > OLDEST) localStorage.removeItem(name);
      } catch { localStorage.removeItem(name); }
    }
    return found.sort((one, other) => one.at - other.at || one.order - other.order);
  }
}

// The acts that wait. `told(state)`: what to say; `answered(text, act, answer)`: what came of one.
export class Queue {
  constructor({ secret, base, csrf, told, answered }) {
    Object.assign(this, { base, csrf, told, answered });
    this.drawer = new Drawer(secret);
    this.acts = [];
    this.order = 0;
    this.tries = 0;
    this.busy = false;
    this.state = "saved";
    this.onDevice = true;
    addEventListener("online", () => this.again());
  }

  async restore() {
    const mine = (await this.drawer.kept()).filter((act) => act.path.startsWith(this.base));
    const known = new Set(this.acts.map((act) => act.operation));
    this.acts = [...mine.filter((act) => !known.has(act.operation)), ...this.acts];
    this.order = Math.max(0, ...this.acts.map((act) => act.order));
    if (this.acts.length) this.again();
  }

  put(path, fields, what, operation = newOperation()) {
    this.order += 1;
    const act = { operation, path, fields, what, at: Date.now(), order: this.order };
    this.acts.push(act);
    this.drawer.keep(act).then((kept) => { if (!kept) this.onDevice = false; });
    this.pump();
    return act;
  }

  // Everything that could be saved was; or nothing can be saved now.
  settled() {
    return new Promise((done) => {
      const look = () => {
        if (!this.acts.length || this.state === "waiting" || this.state === "sign-in") done();
        else setTimeout(look, 50);
      };
      look();
    });
  }

  again() {
    clearTimeout(this.later);
    this.tries = 0;
    this.pump();
  }

  say(state) {
    this.state = state;
    this.told(state, this.acts.length, this.onDevice);
  }

  async pump() {
    if (this.busy || !this.acts.length) return;
    this.busy = true;
    if (this.state !== "waiting") this.say("saving");
    const act = this.acts[0];
    const went = await this.send(act);
    this.busy = false;
    if (went === "wait") {
      this.say("waiting");
      this.later = setTimeout(() => this.pump(), WAITS[Math.min(this.tries, WAITS.length - 1)]);
      this.tries += 1;
    } else if (went === "sign-in") {
      this.say("sign-in");
    } else {
      this.tries = 0;
      this.acts.shift();
      this.drawer.drop(act);
      this.answered(went.text, act, went.answer);
      if (this.acts.length) this.pump();
      else this.say("saved");
    }
  }

  async send(act) {
    try {
      const answer = await fetch(act.path, {
        method: "POST",
        body: new URLSearchParams([...act.fields, ["operation", act.operation]]),
        headers: { "Netwerk-Part": "drawing", "X-CSRFToken": this.csrf },
        redirect: "manual",
        keepalive: true,
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.status >= 500 || answer.status === 429) return "wait";
      if (answer.type === "opaqueredirect" || answer.status === 401) return "sign-in";
      const text = await answer.text();
      if (answer.status === 400 && !text.includes('id="drawing-told"')) return "sign-in";
      return { answer, text };
    } catch {
      return "wait";
    }
  }
}
