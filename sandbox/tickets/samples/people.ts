import type { SamplePerson } from './types';

function person(name: string, kind: SamplePerson['kind']): SamplePerson {
	const address = name
		.toLowerCase()
		.replace(/ø/g, 'o')
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[^a-z ]/g, '')
		.replace(/ /g, '.');
	return { name, email: `${address}@alderbrook.example`, kind };
}

/** Everybody who writes in the tickets. All made up. */
export const PEOPLE: Record<string, SamplePerson> = {
	priya: person('Priya Raman', 'agent'),
	tomas: person('Tomas Lindqvist', 'agent'),
	ines: person('Ines Carvalho', 'agent'),
	owen: person('Owen Brady', 'agent'),
	hana: person('Hana Sato', 'agent'),
	jonas: person('Jonas Weber', 'agent'),

	mira: person('Mira Kowalski', 'requester'),
	daniel: person('Daniel Okafor', 'requester'),
	sofia: person('Sofia Marchetti', 'requester'),
	lukas: person('Lukas Brandt', 'requester'),
	amira: person('Amira Haddad', 'requester'),
	chloe: person('Chloe Bennett', 'requester'),
	rafael: person('Rafael Ortega', 'requester'),
	yuki: person('Yuki Tanaka', 'requester'),
	grace: person('Grace Nwosu', 'requester'),
	peter: person('Peter Vogel', 'requester'),
	elin: person('Elin Sørby', 'requester'),
	noah: person('Noah Fischer', 'requester'),
	farid: person('Farid Rahimi', 'requester'),
	anna: person('Anna Lindholm', 'requester'),
	ben: person('Ben Archer', 'requester'),
	clara: person('Clara Neumann', 'requester'),
	/** Not of the company: a supplier who writes by mail. */
	dana: { name: 'Dana Whitlock', email: 'dana@whitlock-labels.example', kind: 'requester' },
};
