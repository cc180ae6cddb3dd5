import {
	checkImagesTotal,
	imageFromBytes,
	imageFromUrl,
	MAX_IMAGE_BYTES,
	MAX_IMAGES_BYTES,
	splitList,
} from '../../../../lib/openai/chat/images';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2]);

describe('imageFromBytes', () => {
	it.each([
		['image/png', PNG],
		['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
		['image/gif', Buffer.from('GIF89a')],
		['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
	])('knows %s by its content', (type, bytes) => {
		expect(imageFromBytes(bytes, 'data')).toEqual({
			type: 'image_url',
			image_url: { url: `data:${type};base64,${bytes.toString('base64')}` },
		});
	});

	it('passes the detail on', () => {
		expect(imageFromBytes(PNG, 'data', 'low').image_url.detail).toBe('low');
	});

	it.each([
		['%PDF-1.7', "'scan' is not an image"],
		['', "'scan' is not an image"],
		['RIFF\0\0\0\0WAVE', "'scan' is not an image"],
		['<svg/>', "'scan' is not an image"],
	])('refuses %j', (content, message) => {
		expect(() => imageFromBytes(Buffer.from(content), 'scan')).toThrow(message);
	});

	it('refuses images that are too large', () => {
		const large = Buffer.alloc(MAX_IMAGE_BYTES + 1);
		PNG.copy(large);
		expect(() => imageFromBytes(large, 'photo')).toThrow("'photo' has 20.0 MiB");
	});
});

describe('imageFromUrl', () => {
	it.each([
		'https://example.com/a.png?x=1',
		'http://intranet/a',
		'data:image/png;base64,iVBORw0KGgo=',
	])('takes %s', (url) => {
		expect(imageFromUrl(` ${url} `, 'high')).toEqual({
			type: 'image_url',
			image_url: { url, detail: 'high' },
		});
	});

	it.each([
		'',
		'file:///etc/passwd',
		'ftp://example.com/a.png',
		'example.com/a.png',
		'https://',
		'data:text/html;base64,AAAA',
		'javascript:alert(1)',
	])('refuses %j', (url) => {
		expect(() => imageFromUrl(url)).toThrow('is not the address of an image');
	});

	it('measures data: URLs', () => {
		const large = `data:image/png;base64,${'A'.repeat((MAX_IMAGE_BYTES / 3) * 4 + 8)}`;
		expect(() => imageFromUrl(large)).toThrow('MiB');
	});
});

describe('checkImagesTotal', () => {
	it('bounds the sum', () => {
		expect(() => checkImagesTotal([MAX_IMAGES_BYTES])).not.toThrow();
		expect(() => checkImagesTotal([MAX_IMAGES_BYTES, 1])).toThrow('together');
	});
});

describe('splitList', () => {
	it('splits at commas, spaces and line ends', () => {
		expect(splitList('data, image_1\nphoto')).toEqual(['data', 'image_1', 'photo']);
		expect(splitList(['a,b', 'c'])).toEqual(['a', 'b', 'c']);
		expect(splitList('data:image/png;base64,AA== https://x.y/z')).toHaveLength(2);
		expect(splitList(undefined)).toEqual([]);
	});
});
