// Files that are dropped onto a dataset, or chosen for it, go to the server, two at a time.
import {put} from './api.js';
import {count, el, size, text} from './dom.js';
import {maySteer, refused} from './orders.js';

const AT_ONCE = 2;
const tray = document.getElementById('tray');
const list = el('ul');
const head = el('h2');
const waiting = [];
let running = 0;

tray.append(el('div', {className: 'head'}, head,
  el('button', {type: 'button', textContent: 'Hide', onclick: () => hide()})), list);

function hide() {
  tray.hidden = true;
  list.querySelectorAll('[data-ended]').forEach(item => item.remove());
}

/** Lets files be dropped onto an element. */
export function accept(element, dataset) {
  let depth = 0;
  const mark = change => {
    depth = Math.max(0, depth + change);
    element.classList.toggle('receives', depth > 0);
  };
  element.addEventListener('dragenter', event => holdsFiles(event) && mark(1));
  element.addEventListener('dragleave', event => holdsFiles(event) && mark(-1));
  element.addEventListener('drop', event => {
    mark(-depth);
    if (holdsFiles(event)) {
      event.preventDefault();
      send(dataset, [...event.dataTransfer.items].filter(item => item.kind === 'file' && !item.webkitGetAsEntry?.()?.isDirectory)
        .map(item => item.getAsFile()));
    }
  });
}

function holdsFiles(event) {
  return [...event.dataTransfer.types].includes('Files');
}

/** A button that lets files be chosen, which is the keyboard's way. */
export function chooser(dataset) {
  const input = el('input', {type: 'file', multiple: true, hidden: true,
    onchange: () => { send(dataset, [...input.files]); input.value = ''; }});
  const button = el('button', {type: 'button', textContent: 'Add images',
    onclick: async () => { if (await maySteer()) { input.click(); } }});
  return el('span', {}, button, input);
}

async function send(dataset, files) {
  if (files.length === 0 || !await maySteer()) {
    return;
  }
  files.forEach(file => waiting.push(entry(dataset, file)));
  tray.hidden = false;
  while (running < AT_ONCE && waiting.length > 0) {
    work();
  }
  told();
}

function entry(dataset, file) {
  const progress = el('progress', {max: 1, value: 0, 'aria-label': file.name});
  const words = el('span', {className: 'words', textContent: size(file.size)});
  const item = el('li', {}, el('span', {className: 'name', textContent: file.name}), words, progress);
  list.append(item);
  return {dataset, file, item, progress, words};
}

async function work() {
  running++;
  while (waiting.length > 0) {
    const {dataset, file, item, progress, words} = waiting.shift();
    const answer = await put(dataset, file, part => { progress.value = part; });
    item.dataset.ended = answer.done ? 'well' : 'badly';
    progress.remove();
    text(words, answer.done ? 'there' : answer.message);
    if (answer.refused) {
      waiting.splice(0).forEach(rest => rest.item.remove());
      refused();
    }
    told();
  }
  running--;
  told();
}

function told() {
  const left = waiting.length + running;
  const failed = list.querySelectorAll('[data-ended=badly]').length;
  text(head, left > 0 ? `${count(left, 'file')} on the way` : failed > 0 ? `${count(failed, 'file')} did not arrive` : 'All files are there');
}
