import { counted } from '../../lib/counted';

test('counted', () => {
	expect(counted(0, 'question')).toBe('0 questions');
	expect(counted(1, 'question')).toBe('1 question');
	expect(counted(1200, 'question')).toBe('1,200 questions');
});
