package io.changeorder.adapter.process.launch;

import io.changeorder.adapter.process.files.ApplicationFolder;
import io.changeorder.adapter.process.files.ArtifactPins;
import io.changeorder.adapter.process.files.InstanceRecord;
import io.changeorder.adapter.process.files.RunFolder;
import io.changeorder.adapter.process.os.ProcFs;
import io.changeorder.adapter.process.os.ProcessId;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.Revision;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Starts programs, each by a shell script of its own in a session of its own. The script holds the environment and the
 * command line, so that they pass byte for byte whatever the locale of this JVM, and no secret is ever on a command
 * line. It can't become the program when its run is decided already, or when its term is over: then nothing is where it
 * looks.
 */
public final class Launcher {
    /** Exit code of a script that gave up before it became the program (EX_TEMPFAIL of sysexits.h). */
    private static final int REFUSED = 75;

    /** Names the data folder in the environment of everything that is started from it. */
    public static final String MARKER = "CHANGEORDER_DATA";

    public static final String APPLICATION = "APPLICATION_ID";
    static final Set<String> RESERVED =
            Set.of(MARKER, APPLICATION, "INSTANCE_ID", "REVISION", "GENERATION", "PORT", "ARTIFACT");

    /** A shell sets these by itself. */
    public static final Set<String> OF_THE_SHELL = Set.of("PWD", "OLDPWD", "SHLVL", "_");

    private static final Pattern NAME_OF_A_SHELL_VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** What a shell gives a meaning of its own: it would not pass these on as they are. */
    private static final Pattern SPECIAL_TO_SHELLS = Pattern.compile(
            "PWD|OLDPWD|SHLVL|_|IFS|PPID|U?ID|EUID|GROUPS|SHELLOPTS|OPT(IND|ARG|ERR)|LINENO|RANDOM|SRANDOM|SECONDS"
                    + "|EPOCH.*|DIRSTACK|FUNCNAME|HISTCMD|PIPESTATUS|POSIXLY_CORRECT|BASH.*|COMP_.*");

    /** What programs obey that know nothing of it, by their loader and the C library. */
    private static final Pattern OBEYED_BY_ALL_PROGRAMS = Pattern.compile(
            "LD_.*|GLIBC_TUNABLES|MALLOC_.*|LANG|LANGUAGE|LC_.*|LOCPATH|GCONV_PATH|GETCONF_DIR|NLSPATH");

    private final String marker;
    private final ArtifactPins pins;
    private final Path setsid;
    private final Path shell;
    private final Path env;
    private final String java;
    private final String searchPath;

    public Launcher(
            String marker, ArtifactPins pins, Path setsid, Path shell, Path env, String java, String searchPath) {
        this.marker = marker;
        this.pins = pins;
        this.setsid = setsid;
        this.shell = shell;
        this.env = env;
        this.java = java;
        this.searchPath = searchPath;
    }

    /** What runs a jar. */
    public String java() {
        return java;
    }

    public String searchPath() {
        return searchPath;
    }

    public String marker() {
        return marker;
    }

    /** The program and its arguments. */
    public List<String> commandLine(Revision revision, InstanceRecord.Run run) {
        List<String> line = new ArrayList<>();
        if (revision.command().isPresent()) {
            line.add(revision.command().get());
            line.addAll(revision.arguments());
        } else {
            line.add(run.java());
            line.addAll(words(revision.jvmOptions()));
            line.add("-jar");
            line.add(artifact(revision).orElseThrow().toString());
            line.addAll(words(revision.jarArguments()));
        }
        return line;
    }

    /** All that the program finds in its environment. */
    public Map<String, String> environment(
            ApplicationFolder folder, InstanceRecord instance, Revision revision, InstanceRecord.Run run) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", run.searchPath());
        environment.put("HOME", folder.work(instance.id()).toString());
        environment.put("LANG", "C.UTF-8");
        environment.putAll(revision.environment());
        environment.put("PORT", Integer.toString(run.port()));
        environment.put("INSTANCE_ID", instance.id().value());
        environment.put("REVISION", instance.entry().revision().value());
        environment.put("GENERATION", Integer.toString(instance.entry().generation()));
        environment.put(APPLICATION, folder.id().value());
        environment.put(MARKER, marker);
        artifact(revision).ifPresent(path -> environment.put("ARTIFACT", path.toString()));
        return environment;
    }

    /** What an exec probe finds: as the program's, but a probe is no instance. */
    public Map<String, String> probeEnvironment(
            ApplicationFolder folder, InstanceRecord instance, Revision revision, InstanceRecord.Run run) {
        Map<String, String> environment = environment(folder, instance, revision, run);
        environment.remove(MARKER);
        return environment;
    }

    /** The pinned copy that a revision runs. */
    private Optional<Path> artifact(Revision revision) {
        return revision.artifact().flatMap(Artifact::sha256).map(pins::path);
    }

    public String script(ApplicationFolder folder, InstanceRecord instance, Revision revision, InstanceRecord.Run run)
            throws IOException {
        RunFolder runFolder = folder.run(instance.id(), run.number());
        Map<String, String> exported = environment(folder, instance, revision, run);
        exported.keySet().removeAll(leftToEnv(exported).keySet());
        return String.join(
                "\n",
                "# Starts one run of one instance. Once it has claimed the run it becomes the program.",
                "read -r self < /proc/$$/stat || exit " + REFUSED,
                "set -- $self",
                "echo \"$$ ${22}\" > " + quoted(runFolder.self()) + " || exit " + REFUSED,
                "ln " + quoted(runFolder.self()) + " " + quoted(runFolder.claimFile()) + " 2> /dev/null || exit "
                        + REFUSED,
                exported.entrySet().stream()
                        .map(variable -> "export " + variable.getKey() + "=" + quoted(variable.getValue()))
                        .collect(Collectors.joining("\n")),
                "unset PWD OLDPWD SHLVL",
                "exec " + quoted(becomes(folder, instance, revision, run)),
                "");
    }

    /** What the script becomes: the program, or first what puts variables into its environment that no shell can. */
    private List<String> becomes(
            ApplicationFolder folder, InstanceRecord instance, Revision revision, InstanceRecord.Run run) {
        Map<String, String> left = leftToEnv(environment(folder, instance, revision, run));
        List<String> line = new ArrayList<>();
        if (!left.isEmpty()) {
            // A variable may be named like an option of env.
            line.addAll(List.of(env.toString(), "--"));
            left.forEach((name, value) -> line.add(name + "=" + value));
        }
        line.addAll(commandLine(revision, run));
        return line;
    }

    /**
     * What no shell can set. Where there is such a variable, env must not find in its own environment what it would
     * obey; all others it does, since its arguments are for everybody on the machine to read.
     */
    private static Map<String, String> leftToEnv(Map<String, String> environment) {
        Map<String, String> left = new TreeMap<>(environment);
        boolean needed = !environment.keySet().stream().allMatch(Launcher::isPlain);
        left.keySet()
                .removeIf(name -> !needed
                        || (isPlain(name)
                                && !OBEYED_BY_ALL_PROGRAMS.matcher(name).matches()));
        return left;
    }

    /**
     * Whether a process that has claimed a run is still on its way to become the program.
     *
     * @param script where it was when it was spawned
     */
    public boolean isBecoming(
            Path script,
            ApplicationFolder folder,
            InstanceRecord instance,
            Revision revision,
            InstanceRecord.Run run,
            ProcessId process) {
        Optional<List<String>> line = ProcFs.commandLine(process.pid());
        List<String> becomes = becomes(folder, instance, revision, run);
        boolean onItsWay = line.isEmpty()
                || line.get().equals(List.of(shell.toString(), script.toString()))
                || (line.get().equals(becomes) && !becomes.equals(commandLine(revision, run)));
        return onItsWay && ProcFs.isAlive(process);
    }

    /** Begins a run that was made and recorded; whether it comes about is decided by its claim. */
    public Process spawn(Path script, ApplicationFolder folder, InstanceRecord instance) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(setsid.toString(), shell.toString(), script.toString())
                .directory(folder.work(instance.id()).toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.log(instance.id()).toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", searchPath);
        return builder.start();
    }

    static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    /** Whether a shell can set it, and sets it to what it is told to. */
    static boolean isPlain(String name) {
        return NAME_OF_A_SHELL_VARIABLE.matcher(name).matches()
                && !SPECIAL_TO_SHELLS.matcher(name).matches();
    }

    private static String quoted(Collection<String> words) {
        return words.stream().map(Launcher::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(Path path) {
        return quoted(path.toString());
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
