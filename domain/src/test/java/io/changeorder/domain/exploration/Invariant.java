package io.changeorder.domain.exploration;

/** What always holds. {@link Invariants} says how it is checked, {@link Flaw} how each would be broken. */
enum Invariant {
    AT_MOST_ONE_LIVE("an application has at most one live order, and names it"),
    EXACTLY_ONE_WINS("of those who want to end or move an order exactly one wins: what has ended stays as it ended"),
    TRUTHFUL_REFUSAL("who is refused is told the truth about the order"),
    DURABLE_ANSWER("what was answered is so, whatever is killed"),
    ONE_COMMIT("an abort and its rollback are one commit, a failure and its rollback too"),
    NOTHING_OLDER("after an abort was answered nothing older takes effect on any instance"),
    SPARED("a rollback changes no instance that already matches"),
    COMES_TO_REST("whatever is killed, it comes to an end or an explicit wait without a person, and in order"),
    WITHIN_A_BOUND("every order comes to an end or an explicit wait within a bound"),
    FOLDS("the history has no gaps and folds to the present"),
    WHO_AND_WHEN("each change is in the history, with its actor, time and fence"),
    FENCE_GROWS("the fence only grows, and the live order holds the newest"),
    ONLY_SUCCESS_SETTLES("only success changes what is settled"),
    PROVED("a rollback succeeds only when the world is proved to be what it was"),
    ROLLBACK_UNDISTURBED("a rollback that needs nobody is not aborted"),
    LOOKS_AGAIN("who sleeps without a moment waits for a person or for the end of maintenance"),
    INTENTION_FIRST("an intention is committed before its effect"),
    FLOOR("no action of the engine takes ready instances below the floor"),
    CEILING("no action of the engine brings instances above the ceiling"),
    ONLY_THE_TARGET_GROWS("only the target's entries grow");

    private final String sentence;

    Invariant(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String toString() {
        return sentence;
    }

    Broken broken(Object how) {
        return new Broken(this, how);
    }

    /** An invariant does not hold. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Invariant invariant;

        private Broken(Invariant invariant, Object how) {
            super(invariant + ": " + how);
            this.invariant = invariant;
        }

        Invariant invariant() {
            return invariant;
        }
    }
}
