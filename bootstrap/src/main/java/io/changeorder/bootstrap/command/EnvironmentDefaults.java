package io.changeorder.bootstrap.command;

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reads options that are marked {@link FromEnvironment} from variables named after them; an empty one counts as absent. */
public final class EnvironmentDefaults implements IDefaultValueProvider {
    private final Map<String, String> environment;

    public EnvironmentDefaults(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return variable(argument)
                .map(environment::get)
                .filter(value -> !value.isBlank())
                .orElse(null);
    }

    private static Optional<String> variable(ArgSpec argument) {
        boolean marked =
                argument.userObject() instanceof Field field && field.isAnnotationPresent(FromEnvironment.class);
        return marked && argument instanceof OptionSpec option ? Optional.of(variable(option)) : Optional.empty();
    }

    private static String variable(OptionSpec option) {
        return "CHANGEORDER_"
                + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
