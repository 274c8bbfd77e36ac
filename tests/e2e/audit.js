// What is wrong with a page for somebody who cannot see it, cannot point at it, or sees it badly. Returns a list of sentences.
(wanted) => {
  const found = [];
  const wrong = (what, element) => found.push(element ? `${what}: ${told(element)}` : what);
  const told = (element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 110);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const text = (element) => (element.innerText || element.textContent || '').trim();
  const named = (element) =>
    text(element) || element.getAttribute('aria-label') || element.title || element.alt ||
    (element.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id)?.textContent || '').join('').trim();

  // The page as a whole
  if (document.documentElement.lang !== wanted.lang) wrong(`lang is ${document.documentElement.lang}`);
  if (!document.title.trim()) wrong('no title');
  if (!document.querySelector('meta[name=viewport]')) wrong('no viewport');
  if (all('h1').length !== 1) wrong(`${all('h1').length} h1`);
  if (all('main').length !== 1) wrong(`${all('main').length} main`);
  if (all('nav').length > 1) all('nav').filter((nav) => !nav.getAttribute('aria-label')).forEach((nav) => wrong('a nav without a name', nav));
  let before = 0;
  for (const heading of all('h1, h2, h3, h4, h5, h6').filter(shown)) {
    const level = Number(heading.tagName[1]);
    if (level > before + 1) wrong(`h${level} after h${before}`, heading);
    if (!text(heading)) wrong('an empty heading', heading);
    before = level;
  }

  // Ids and what points at them
  const ids = all('[id]').map((element) => element.id);
  [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].forEach((id) => wrong(`the id ${id} twice`));
  all('label[for]').filter((label) => !document.getElementById(label.htmlFor)).forEach((label) => wrong('a label for nothing', label));
  for (const name of ['aria-describedby', 'aria-labelledby', 'aria-controls'])
    for (const element of all(`[${name}]`))
      if (element.getAttribute(name).split(' ').some((id) => !document.getElementById(id))) wrong(`${name} points nowhere`, element);
  for (const link of all('a[href]').filter((one) => URL.canParse(one.href))) {
    const there = new URL(link.href);
    const inside = there.pathname === location.pathname && there.search === location.search && there.hash.length > 1;
    if (inside && !document.getElementById(decodeURIComponent(there.hash.slice(1)))) wrong('a link to a place that is not here', link);
  }

  // Everything has a name
  for (const field of all('input:not([type=hidden]), select, textarea')) {
    if (!field.labels?.length && !field.getAttribute('aria-label') && !field.getAttribute('aria-labelledby')) wrong('a field without a label', field);
    if (['radio'].includes(field.type) && !field.closest('fieldset')?.querySelector(':scope > legend')) wrong('radio buttons without a legend', field);
  }
  all('a[href], button, summary').filter((element) => !named(element)).forEach((element) => wrong('nothing to call it by', element));
  all('img:not([alt])').forEach((image) => wrong('a picture without words', image));
  all('fieldset').filter((group) => !group.querySelector(':scope > legend')).forEach((group) => wrong('a group without a legend', group));
  all('table').filter((table) => !table.querySelector('th')).forEach((table) => wrong('a table without heads', table));
  all('[tabindex]').filter((element) => element.tabIndex > 0).forEach((element) => wrong('an order of its own', element));
  if (/\b(None|undefined|NaN)\b|\{[{%]|[%}]\}|\{[a-z_]+\}/.test(document.body.innerText)) wrong(`a hole in the words: ${document.body.innerText.match(/.{0,40}(\b(None|undefined|NaN)\b|\{[{%]|[%}]\}|\{[a-z_]+\}).{0,40}/)?.[0]}`);

  // Contrast
  const parts = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const over = (top, below) => top.slice(0, 3).map((value, at) => value * (top[3] ?? 1) + below[at] * (1 - (top[3] ?? 1)));
  const light = (colour) => {
    const [red, green, blue] = colour.map((value) => value / 255).map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const grounds = new Map([[null, { colour: [255, 255, 255], solid: 1 }]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const [beneath, style] = [ground(element.parentElement), getComputedStyle(element)];
      grounds.set(element, { colour: over(parts(style.backgroundColor), beneath.colour), solid: beneath.solid * Number(style.opacity) });
    }
    return grounds.get(element);
  };
  const seen = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !shown(element) || element.closest('option, .unseen, [aria-hidden=true], style, script')) continue;
    const style = getComputedStyle(element);
    const { colour: behind, solid } = ground(element);
    const mine = parts(style.color);
    const front = over([...mine.slice(0, 3), (mine[3] ?? 1) * solid], behind);
    const [dark, bright] = [light(front), light(behind)].sort((one, other) => one - other);
    const ratio = (bright + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const key = `${style.color} on ${behind.map(Math.round)}`;
    if (ratio < (large ? 3 : 4.5) && !seen.has(key)) { seen.add(key); wrong(`contrast ${ratio.toFixed(2)} (${key})`, element); }
  }

  // The focus shows, once the keyboard was what was used last: the caller has seen to it
  for (const element of all('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!shown(element) || element.tabIndex < 0 || element.disabled) continue;
    element.focus({ preventScroll: true });
    const style = getComputedStyle(element);
    if (document.activeElement === element && (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)) wrong('the focus does not show', element);
  }
  return found;
}
