package io.changeorder.application.api.command;

import io.changeorder.application.api.Outcome;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.revision.Revision;
import java.util.function.UnaryOperator;

/** Deploys a revision, or other settings, or both. */
public interface DeployApplication {
    /** Answers once the command is durable, or says why it was refused. Safe from any thread. */
    Outcome<Receipt> handle(Request request, Command command);

    /**
     * The command. What it leaves as it is stays as it was settled, or as the application was created.
     *
     * @param application the application
     * @param revision from the present revision to the wanted one; must be pure
     * @param settings from the present settings to the wanted ones; must be pure
     * @param start false changes the settings of a stopped application and leaves it stopped
     * @param force whether a version that was rolled back before is deployed although the engine refuses those
     * @param description what is said of the order
     * @param fingerprint tells this command from another under the same client token: {@code revision} and {@code settings}
     *     in one text
     */
    record Command(
            ApplicationId application,
            UnaryOperator<Revision> revision,
            UnaryOperator<Settings> settings,
            boolean start,
            boolean force,
            String description,
            String fingerprint) {

        /** Deploys this revision with the settings as they are. */
        public static Command of(ApplicationId application, Revision revision) {
            return new Command(
                    application, present -> revision, UnaryOperator.identity(), true, false, "", revision.toString());
        }

        /** Cuts it into batches so, now and from now on. */
        public Command withStrategy(UpdateStrategy strategy) {
            return new Command(
                    application,
                    revision,
                    present -> settings.apply(present).withStrategy(strategy),
                    start,
                    force,
                    description,
                    fingerprint + strategy);
        }
    }
}
