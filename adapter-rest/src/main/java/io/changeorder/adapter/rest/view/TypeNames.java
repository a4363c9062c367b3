package io.changeorder.adapter.rest.view;

import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.order.Change;
import io.changeorder.domain.order.ChangeOrderType;
import java.util.Arrays;
import java.util.Optional;

/** The codes and names of an order's type (SAE 2019-05-06, CoTypeCode; CoDeployHistroy is the vendor's spelling). */
public final class TypeNames {
    private static final String SCALE_IN = "CoScaleIn";
    private static final String SCALE_OUT = "CoScaleOut";

    private TypeNames() {}

    /** The code. */
    public static String code(Change change) {
        return isShrinking(change) ? SCALE_IN : code(change.type());
    }

    /** The type of a code. Scaling in and out are one type, so both codes give the same. */
    public static Optional<ChangeOrderType> parse(String code) {
        return Arrays.stream(ChangeOrderType.values())
                .filter(type -> code(type).equals(code.equals(SCALE_IN) ? SCALE_OUT : code))
                .findFirst();
    }

    /** For people. */
    static String name(Change change) {
        return switch (change.type()) {
            case CREATE -> "Create application";
            case DEPLOY -> "Deploy application";
            case DEPLOY_HISTORY -> "Deploy historical version";
            case RESCALE -> isShrinking(change) ? "Scale in" : "Scale out";
            case RESTART -> "Restart application";
            case START -> "Start application";
            case STOP -> "Stop application";
            case DELETE -> "Delete application";
            case ROLLBACK -> "Roll back application";
        };
    }

    private static String code(ChangeOrderType type) {
        return switch (type) {
            case CREATE -> "CoCreateApp";
            case DEPLOY -> "CoDeploy";
            case DEPLOY_HISTORY -> "CoDeployHistroy";
            case RESCALE -> SCALE_OUT;
            case RESTART -> "CoRestartApplication";
            case START -> "CoStartApplication";
            case STOP -> "CoStopApplication";
            case DELETE -> "CoDeleteApp";
            case ROLLBACK -> "CoRollback";
        };
    }

    private static boolean isShrinking(Change change) {
        return change.type() == ChangeOrderType.RESCALE && replicas(change.after()) < replicas(change.before());
    }

    private static int replicas(Snapshot snapshot) {
        return snapshot.settingsIfAny().map(Settings::replicas).orElse(0);
    }
}
