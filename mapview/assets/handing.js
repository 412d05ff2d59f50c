// Owns handing a file to the program: sent as it is, with how far it is.
import { isEnglish, language, say as said, term } from "./tongue.js";

const UNREACHABLE = term("The file could not be handed over. Is the program still running?");
const ONE = term("One file at a time, please; the files of a shapefile as one zip.");

/**
 * Send a file to the program, which keeps it until it is imported.
 * @param {string} api @param {File} file @param {(share: number) => void} tell
 * @returns {Promise<string>} what the program calls it from now on
 */
function handOver(api, file, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${api}/data/file?${new URLSearchParams({ name: file.name, ...(isEnglish() ? {} : { lang: language() }) })}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => tell(total ? loaded / total : 0));
    request.addEventListener("error", () => reject(new Error(said(UNREACHABLE))));
    request.addEventListener("load", () => {
      const answer = request.response;
      if (request.status === 201 && typeof answer?.file === "string") resolve(answer.file);
      else {
        const { error } = answer ?? {};
        reject(new Error(typeof error === "string" ? said("Not taken: {error}.", { error }) : said(UNREACHABLE)));
      }
    });
    request.send(file);
  });
}

/**
 * Hand over what was dropped or chosen, and say how it goes.
 * @param {string} api @param {readonly File[]} files
 * @param {{ say: (words: string, isFault: boolean) => void, done: (file: string) => void }} options
 */
async function handOne(api, files, { say, done }) {
  if (files.length !== 1) {
    if (files.length) say(said(ONE), true);
    return;
  }
  const tell = (/** @type {number} */ share) => say(
    said("Handing over {file}: {n} %", { file: files[0].name, n: Math.round(share * 100) }), false);
  tell(0);
  try {
    const file = await handOver(api, files[0], tell);
    say(said("Reading {file} …", { file: files[0].name }), false);
    done(file);
  } catch (error) {
    say(error instanceof Error ? error.message : said(UNREACHABLE), true);
  }
}

export { handOne };
