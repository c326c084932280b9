// Reads something again and again, and once more when something happened; never twice at once, nor while nobody looks.

const SOON = 200;

/** Calls read now and every so many milliseconds; returns { soon, stop }. */
export const repeat = (read, pause) => {
  let timer = null;
  let isBusy = false;
  let isAsked = false;
  let isOver = false;
  const run = async () => {
    clearTimeout(timer);
    if (isBusy) {
      isAsked = true;
      return;
    }
    isBusy = true;
    if (!document.hidden) await read();
    isBusy = false;
    if (isOver) return;
    timer = setTimeout(run, isAsked ? SOON : pause);
    isAsked = false;
  };
  void run();
  return {
    soon() {
      if (isBusy) isAsked = true;
      else {
        clearTimeout(timer);
        timer = setTimeout(run, SOON);
      }
    },
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
  };
};
