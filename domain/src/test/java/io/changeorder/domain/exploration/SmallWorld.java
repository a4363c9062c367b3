package io.changeorder.domain.exploration;

import com.google.common.collect.ImmutableSet;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.exploration.Explorer.Step;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.story.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pure core, the driver's loop, a store and a runtime, with everything that can come in between. */
final class SmallWorld implements Explorer.Model<Situation> {
    private final Scenario scenario;
    private final Invariants invariants;
    private final Driver driver;
    private final People people;
    private final Surroundings surroundings;

    SmallWorld(Scenario scenario) {
        this.scenario = scenario;
        this.invariants = new Invariants(scenario.asked());
        this.driver = new Driver(scenario.flaw(), invariants);
        this.people = new People(scenario, driver, invariants);
        this.surroundings = new Surroundings(scenario, driver);
    }

    @Override
    public Situation start() {
        Story story = scenario.start();
        Application application = story.application();
        return new Situation(
                Store.of(application, story.orders(), story.history()),
                SmallRuntime.settled(application.intended(), application.fence()),
                Node.first(),
                Optional.empty(),
                Fence.ZERO,
                ImmutableSet.of(),
                story.now(),
                false,
                true,
                scenario.times());
    }

    @Override
    public List<Step<Situation>> steps(Situation now) {
        List<Step<Situation>> steps = new ArrayList<>(driver.steps(now));
        steps.addAll(surroundings.steps(now));
        steps.addAll(people.steps(now));
        return steps;
    }

    @Override
    public long fingerprint(Situation situation) {
        return new Fingerprint(situation).value();
    }

    @Override
    public void rest(Situation now) {
        invariants.rests(now);
    }
}
