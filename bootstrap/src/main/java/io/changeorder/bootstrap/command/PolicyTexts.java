package io.changeorder.bootstrap.command;

import io.changeorder.adapter.access.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Policies as they are given on the command line. */
public final class PolicyTexts {
    private PolicyTexts() {}

    /**
     * The name of a policy that every server knows, or what is in the file of this name.
     *
     * @param option by which it was given
     */
    public static String given(String option, String nameOrFile, CommandLine command) {
        if (Policies.bundled().contains(nameOrFile)) {
            return nameOrFile;
        }
        try {
            return Files.readString(Path.of(nameOrFile));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ParameterException(
                    command,
                    option + " " + nameOrFile + " is none of " + String.join(", ", Policies.bundled())
                            + ", and no file that can be read: " + unreadable,
                    unreadable);
        }
    }
}
