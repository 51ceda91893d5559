// What the server is asked. Steering bears the token; it came with the link, and this browser tab keeps it.

const TOKEN = 'dropfolder.token';

/** Takes the token out of the address, so that it is neither seen nor copied with it; answers whether one was there. */
export function takeToken() {
  const given = location.hash.match(/^#token=(.+)$/);
  if (given) {
    keepToken(decodeURIComponent(given[1]));
    history.replaceState(null, '', location.pathname);
  }
  return given !== null;
}

/** Lets the browser ask for pictures and events, which it does without the token: it is given a pass that only lets look. */
export async function enter() {
  if (hasToken()) {
    try {
      const answer = await fetch('/api/session', {method: 'POST', headers: bearer()});
      if (answer.status === 401) {
        forgetToken();
      }
    } catch {
      // the server can't be reached, and whoever asks next tells so
    }
  }
}

export function keepToken(token) {
  sessionStorage.setItem(TOKEN, token);
}

export function forgetToken() {
  sessionStorage.removeItem(TOKEN);
}

export function hasToken() {
  return sessionStorage.getItem(TOKEN) !== null;
}

function bearer() {
  return hasToken() ? {Authorization: `Bearer ${sessionStorage.getItem(TOKEN)}`} : {};
}

function path(dataset) {
  return `/api/datasets/${encodeURIComponent(dataset)}`;
}

/** The server can't be asked now. */
export class Away extends Error { }

/** The server tells nothing without the token. */
export class Closed extends Away { }

async function ask(address) {
  let answer;
  try {
    answer = await fetch(address, {headers: {Accept: 'application/json', ...bearer()}, cache: 'no-store'});
  } catch (broken) {
    throw new Away(broken.message);
  }
  if (answer.status === 404) {
    return null;
  }
  if (answer.status === 401) {
    throw new Closed();
  }
  if (!answer.ok) {
    throw new Away(`The server answered ${answer.status}.`);
  }
  return answer.json();
}

/** Some of all datasets. */
export function overview(search, before) {
  return ask(`/api/datasets?search=${encodeURIComponent(search)}${before ? `&before=${before}` : ''}`);
}

/** A dataset as it is among others; null if there is none. */
export function card(dataset) {
  return ask(`${path(dataset)}/card`);
}

/** A dataset by itself; null if there is none. */
export function details(dataset) {
  return ask(path(dataset));
}

/** Orders something. Answers `{done, message, refused}`: whether it was done, in words, and whether the token was not taken. */
export async function order(dataset, what) {
  try {
    const answer = await fetch(`${path(dataset)}/${what}`, {method: 'POST', headers: bearer()});
    return said(answer.status, await answer.text());
  } catch {
    return {done: false, refused: false, message: 'The server does not answer. Whether it was done, this page will tell.'};
  }
}

/** Sends a file; `progress` is told a part from 0 to 1. Answers as `order` does. */
export function put(dataset, file, progress) {
  return new Promise(resolve => {
    const request = new XMLHttpRequest();
    request.open('PUT', `${path(dataset)}/images/${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Authorization', bearer().Authorization ?? '');
    request.upload.addEventListener('progress', event => progress(event.total ? event.loaded / event.total : 0));
    request.addEventListener('load', () => resolve(said(request.status, request.responseText)));
    request.addEventListener('error', () => resolve({done: false, refused: false, message: 'The connection broke. Drop it again.'}));
    request.send(file);
  });
}

function said(status, body) {
  const done = status >= 200 && status < 300;
  const refused = status === 401;
  try {
    const {message} = JSON.parse(body);
    if (typeof message === 'string') {
      return {done, refused, message};
    }
  } catch {
    // not the server's own words
  }
  const words = status === 404 || status === 405 ? 'This server can\u2019t do that.' : `The server answered ${status}.`;
  return {done, refused, message: done ? '' : words};
}
