package io.changeorder.bootstrap.command.policy;

import io.changeorder.adapter.access.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Policies as they are given on the command line. */
final class PolicyTexts {
    private PolicyTexts() {}

    /** The name of a policy that every server knows, or what is in the file of this name. */
    static String given(String nameOrFile, CommandLine command) {
        return Policies.text(nameOrFile).isPresent() ? nameOrFile : read(Path.of(nameOrFile), command);
    }

    static String read(Path file, CommandLine command) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new ParameterException(command, file + " can't be read: " + unreadable, unreadable);
        }
    }
}
