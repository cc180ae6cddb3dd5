const { dest, parallel, src } = require('gulp');

const OUT = 'dist';

/** Icons are bytes, not text: without `encoding: false` gulp 5 would rewrite them. */
const copy =
	(patterns, to = OUT) =>
	() =>
		src(patterns, { base: '.', encoding: false }).pipe(dest(to));

exports.icons = copy(['icons/*.svg']);
exports.codex = copy(['nodes/*/*.node.json']);
exports.workflows = copy(['workflows/*.json']);
exports.default = parallel(exports.icons, exports.codex, exports.workflows);
