// Counts checks, prints a line for each, and closes with the line that a build reads: N passed, N failed.
import { isDeepStrictEqual } from 'node:util';

export class Checks {
    #client = '';
    #passed = 0;
    #failed = 0;

    /** Whose checks these are, in the lines that are printed from now on. */
    of(client) {
        this.#client = client;
    }

    /** One check. What was found is only printed when it does not hold. */
    that(what, holds, found = '') {
        if (holds) {
            this.#passed++;
            console.log(`ok      ${this.#client}: ${what}`);
        } else {
            this.#failed++;
            console.log(`FAILED  ${this.#client}: ${what}: found`, found);
        }
    }

    equal(what, found, expected) {
        this.that(what, isDeepStrictEqual(found, expected), found);
    }

    /** Checks that build on one another; what breaks off one story leaves the others alone. */
    async story(name, tell) {
        try {
            await tell();
        } catch (broken) {
            console.error(broken);
            this.that(`${name}, to its end`, false, 'an exception, see above');
        }
    }

    /** Prints the closing line; the exit code of the program. */
    close() {
        console.log(`${this.#passed} passed, ${this.#failed} failed`);
        return this.#failed > 0 || this.#passed === 0 ? 1 : 0;
    }
}
