// What can be known of a dataset's pictures before they are paid for: each finding with its pictures.
import {count, el, keyed, picture, text} from './dom.js';

/** Of a group as many are shown. */
const SHOWN = 12;

/** An empty section, which is not there without a report. */
export function preflight() {
  return el('section', {className: 'preflight', hidden: true}, el('h2', {textContent: 'Before you pay'}), el('p', {className: 'summary'}),
    el('ul', {className: 'findings'}));
}

export function check(section, dataset, report) {
  section.hidden = report === null;
  if (report !== null) {
    text(section.querySelector('.summary'), report.summary);
    keyed(section.querySelector('ul'), report.findings, each => JSON.stringify(each), each => finding(dataset, each));
  }
}

function finding(dataset, {serious, what, advice, groups}) {
  return el('li', {className: serious ? 'serious' : ''},
    el('p', {}, serious && el('strong', {className: 'mind', textContent: 'Serious'}), serious && ' ', el('strong', {textContent: what})),
    el('p', {className: 'quiet', textContent: advice}),
    el('div', {className: 'groups'}, ...groups.map(group => together(dataset, group))));
}

function together(dataset, group) {
  const rest = group.length - SHOWN;
  return el('ul', {className: 'together'}, ...group.slice(0, SHOWN).map(image => one(dataset, image)),
    rest > 0 && el('li', {className: 'rest', textContent: `and ${count(rest, 'more', 'more')}`}));
}

function one(dataset, image) {
  const element = picture(dataset, image, image.name);
  element.title = image.name;
  return el('li', {}, element);
}
