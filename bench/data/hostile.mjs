// Texts of one kind all through, which make expressions that are not linear stand still.
export const HOSTILE_UNITS = [
	'a',
	'1',
	'1 ',
	'12 ',
	'a.',
	'@',
	'a@',
	'1.',
	'1-',
	' ',
	'a1 ',
	'eyJ-',
	'-----BEGIN PRIVATE KEY-----',
	'a://b?token=x&',
	'))))',
	'password:a ',
	'ssn 123456789 ',
	'Regards,\n',
	'::',
	'DE89 ',
	'%40',
	'é',
	'日本',
	'phone 555-123-4567 ',
];

export function hostileText(unit, length = 1_000_000) {
	return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}
