import type { Lesson } from './records';
import { SimilarityIndex } from './similarity';
import type { ServedModel } from './models';
import type { Store } from './store';

/** Below this similarity a question counts as not trained. */
const THRESHOLD = 0.22;
/** Models whose lessons are kept ready. */
const KEPT_INDEXES = 8;

export const NOT_TRAINED = 'I was not trained on that.';
export const NOT_A_MODEL =
	'This is the n8n-nodes-fine-tuning sandbox: a stand-in for the API and no language model. Only models fine-tuned here answer, from their training examples.';

interface Course {
	lessons: Lesson[];
	index: SimilarityIndex;
}

/** Knows what each tuned model was taught, and finds the lessons that fit a question. */
export class Tutor {
	private readonly courses = new Map<string, Course>();

	constructor(private readonly store: Store) {}

	/** Lessons near enough to the question, nearest first. A later run's lesson wins over an equal one of the run it continued. */
	lessonsFor(model: ServedModel, question: string, count: number): Lesson[] {
		const { lessons, index } = this.course(model);
		return index
			.nearest(question, count)
			.filter(({ score }) => score >= THRESHOLD)
			.map((near) => lessons[near.index]);
	}

	forgetAll(): void {
		this.courses.clear();
	}

	private course({ jobs }: ServedModel): Course {
		const key = jobs.join(' ');
		let course = this.courses.get(key);
		if (!course) {
			const lessons = jobs.flatMap((job) => [...this.store.each('lesson', job)]);
			course = { lessons, index: new SimilarityIndex(lessons.map(({ question }) => question)) };
		}
		this.courses.delete(key);
		this.courses.set(key, course);
		if (this.courses.size > KEPT_INDEXES) this.courses.delete([...this.courses.keys()][0]);
		return course;
	}
}
