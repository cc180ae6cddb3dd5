/**
 * An element with attributes and children; strings become text, never markup.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} attributes - `undefined` and `false` are left out
 * @param {...(Node | string | undefined)} children
 */
export function element(tag, attributes = {}, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === false) continue;
		if (name === 'onclick') made.addEventListener('click', value);
		else made.setAttribute(name, value === true ? '' : String(value));
	}
	made.append(...children.filter((child) => child !== undefined));
	return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A line drawing of 20 by 20. */
export function drawing(...paths) {
	const svg = document.createElementNS(SVG, 'svg');
	svg.setAttribute('viewBox', '0 0 20 20');
	svg.setAttribute('aria-hidden', 'true');
	for (const path of paths) {
		const line = document.createElementNS(SVG, 'path');
		line.setAttribute('d', path);
		svg.append(line);
	}
	return svg;
}
