package io.changeorder.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.bootstrap.command.FromEnvironment;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the command line says of itself. */
class HelpTest {
    static List<String> commands() {
        return List.copyOf(Main.commandLine(Map.of()).getSubcommands().keySet());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfItsOptionsAndItsExitCodes(String name) {
        CommandLine command = Main.commandLine(Map.of()).getSubcommands().get(name);

        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        assertThat(command.getCommandSpec().args())
                .allSatisfy(argument -> assertThat(argument.description()).isNotEmpty());
        InProcess.Result help = InProcess.run(Map.of(), name, "--help").expect(0);
        assertThat(help.out()).contains("Usage: changeorder " + name).contains("Exit codes:");
    }

    @Test
    void withoutACommandTheHelpListsThemAll() {
        InProcess.Result result = InProcess.run(Map.of()).expect(0);

        assertThat(commands()).allSatisfy(name -> {
            boolean hidden = Main.commandLine(Map.of())
                    .getSubcommands()
                    .get(name)
                    .getCommandSpec()
                    .usageMessage()
                    .hidden();
            assertThat(result.out().contains("  " + name + " ")).isEqualTo(!hidden);
        });
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheSimilarOne() {
        assertThat(InProcess.run(Map.of(), "depoly").expect(2).err()).contains("deploy");
    }

    @Test
    void everyOptionOfServeCanBeGivenByTheEnvironment() {
        CommandLine serve = Main.commandLine(Map.of()).getSubcommands().get("serve");

        assertThat(serve.getCommandSpec().options())
                .filteredOn(option -> !option.usageHelp() && !option.versionHelp())
                .isNotEmpty()
                .allSatisfy(option -> assertThat((Field) option.userObject())
                        .matches(field -> field.isAnnotationPresent(FromEnvironment.class)));
    }

    @Test
    void aMistakeInTheEnvironmentIsAMistakeAtTheCommandLine() {
        assertThat(InProcess.run(Map.of("CHANGEORDER_PORT", "eighty"), "serve")
                        .expect(2)
                        .err())
                .contains("--port");
    }

    @Test
    void theVersionIsTold() {
        assertThat(InProcess.run(Map.of(), "--version").expect(0).out()).startsWith("changeorder ");
    }
}
