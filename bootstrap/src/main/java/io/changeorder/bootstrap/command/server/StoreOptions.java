package io.changeorder.bootstrap.command.server;

import io.changeorder.adapter.persistence.postgres.PostgresServer;
import io.changeorder.bootstrap.command.FromEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a server keeps what must not be lost, if not in its data folder. */
public final class StoreOptions {
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String USER = "--store-user";
    private static final String PASSWORD = "--store-password";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @FromEnvironment
    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "A PostgreSQL that any number of nodes share: jdbc:postgresql://HOST:PORT/DATABASE. Its user"
                    + " and password are read from CHANGEORDER_STORE_USER and CHANGEORDER_STORE_PASSWORD, or from"
                    + " --store-credentials. By default a database of its own in the data folder.")
    private Optional<String> url = Optional.empty();

    @FromEnvironment
    @Option(
            names = "--store-credentials",
            paramLabel = "FILE",
            description = "A file with the user of the database in its first line and the password in its second.")
    private Optional<Path> credentials = Optional.empty();

    @FromEnvironment
    @Option(names = USER, hidden = true, description = "By the environment only.")
    private Optional<String> user = Optional.empty();

    @FromEnvironment
    @Option(names = PASSWORD, hidden = true, description = "By the environment only.")
    private Optional<String> password = Optional.empty();

    /** The shared database; empty where there is none. */
    public Optional<PostgresServer> database() {
        refuseOnCommandLine(USER);
        refuseOnCommandLine(PASSWORD);
        return url.map(this::database);
    }

    /** The file with the password, if there is one. */
    Optional<Path> secrets() {
        return credentials;
    }

    private void refuseOnCommandLine(String option) {
        if (command.commandLine().getParseResult().hasMatchedOption(option)) {
            throw wrong(option + " is not for the command line, where everybody can read it: set CHANGEORDER_STORE_USER"
                    + " and CHANGEORDER_STORE_PASSWORD, or give --store-credentials");
        }
    }

    private PostgresServer database(String given) {
        if (!given.startsWith(POSTGRESQL)) {
            throw wrong("--store is like jdbc:postgresql://HOST:PORT/DATABASE");
        }
        String lower = given.toLowerCase(Locale.ROOT);
        if (lower.contains("password=") || lower.contains("user=") || lower.contains("@")) {
            throw wrong("--store has no user and no password in it: set CHANGEORDER_STORE_USER and"
                    + " CHANGEORDER_STORE_PASSWORD, or give --store-credentials");
        }
        if (credentials.isPresent()) {
            return database(given, credentials.get());
        }
        return new PostgresServer(
                given,
                user.orElseThrow(() -> wrong("--store needs CHANGEORDER_STORE_USER or --store-credentials")),
                password.orElse(""));
    }

    private PostgresServer database(String given, Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() < 2 || lines.get(0).isBlank()) {
                throw wrong(file + " has the user in its first line and the password in its second");
            }
            return new PostgresServer(given, lines.get(0).strip(), lines.get(1));
        } catch (IOException unreadable) {
            throw new ParameterException(
                    command.commandLine(), "--store-credentials " + file + " can't be read: " + unreadable, unreadable);
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(command.commandLine(), what);
    }
}
