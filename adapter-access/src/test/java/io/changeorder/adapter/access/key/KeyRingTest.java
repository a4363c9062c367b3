package io.changeorder.adapter.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.adapter.access.key.KeyRing.Purpose;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.access.AccessKey.Retiring;
import io.changeorder.application.spi.access.AccessKey.SealedSecret;
import io.changeorder.domain.id.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static final Actor ALICE = new Actor("COALICE");
    private static final Actor BOB = new Actor("COBOB");
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");

    @TempDir
    private Path folder;

    private Path file;
    private KeyRing ring;

    @BeforeEach
    void makeARing() {
        file = folder.resolve("below/access.key");
        ring = KeyRing.openOrMake(file);
    }

    @Test
    void aSecretIsOpenedAsItWasSealedAlsoByTheNextOneWhoHasTheFile() {
        AccessKey key = key(ALICE, ring.seal(ALICE, Purpose.SIGNING, "s3cret \u00fc"));
        assertThat(ring.open(key, NOW).signing()).containsExactly("s3cret \u00fc");
        assertThat(KeyRing.openOrMake(file).open(key, NOW).signing()).containsExactly("s3cret \u00fc");
        assertThat(KeyRing.open(file).open(key, NOW).signing()).containsExactly("s3cret \u00fc");
    }

    @Test
    void theSecretFromBeforeARotationIsOpenedWhileItIsGood() {
        AccessKey key = new AccessKey(
                ALICE,
                ring.seal(ALICE, Purpose.SIGNING, "new"),
                Optional.of(new Retiring(ring.seal(ALICE, Purpose.SIGNING, "old"), NOW)),
                Optional.of(ring.seal(ALICE, Purpose.SECURITY_TOKEN, "token")),
                false,
                true,
                List.of(),
                "",
                NOW,
                Optional.empty());
        assertThat(ring.open(key, NOW.minusMillis(1)).signing()).containsExactly("new", "old");
        assertThat(ring.open(key, NOW).signing()).containsExactly("new");
        assertThat(ring.open(key, NOW).securityToken()).contains("token");
    }

    @Test
    void theSameSecretIsNeverSealedTheSameWayTwice() {
        assertThat(ring.seal(ALICE, Purpose.SIGNING, "secret"))
                .isNotEqualTo(ring.seal(ALICE, Purpose.SIGNING, "secret"));
    }

    @Test
    void theSecretOfOneKeyIsNotThatOfAnother() {
        AccessKey swapped = key(BOB, ring.seal(ALICE, Purpose.SIGNING, "secret"));
        assertThatThrownBy(() -> ring.open(swapped, NOW))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("COBOB");
    }

    @Test
    void aSecurityTokenIsNoSecretToSignWith() {
        AccessKey swapped = key(ALICE, ring.seal(ALICE, Purpose.SECURITY_TOKEN, "token"));
        assertThatThrownBy(() -> ring.open(swapped, NOW)).isInstanceOf(KeyFileException.class);
    }

    @Test
    void anotherFileOpensNothingAndSaysWhatToDo() {
        AccessKey key = key(ALICE, ring.seal(ALICE, Purpose.SIGNING, "secret"));
        KeyRing other = KeyRing.openOrMake(folder.resolve("other.key"));
        assertThatThrownBy(() -> other.open(key, NOW))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("other.key does not open the secret of the access key COALICE")
                .hasMessageContaining("--key-file");
    }

    @Test
    void aSealedSecretWithAnyBitChangedIsNotOpened() {
        String sealed = ring.seal(ALICE, Purpose.SIGNING, "secret").text();
        for (int at = 0; at < sealed.length() - 1; at++) {
            char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
            AccessKey changed =
                    key(ALICE, new SealedSecret(sealed.substring(0, at) + other + sealed.substring(at + 1)));
            assertThatThrownBy(() -> ring.open(changed, NOW))
                    .as(changed.secret().text())
                    .isInstanceOf(KeyFileException.class);
        }
        for (String broken : List.of("v1:", "v1:AAAA", "v1:*", "v2:" + sealed.substring(3), "secret")) {
            AccessKey changed = key(ALICE, new SealedSecret(broken));
            assertThatThrownBy(() -> ring.open(changed, NOW)).as(broken).isInstanceOf(KeyFileException.class);
        }
    }

    @Test
    void theFileIsItsOwnersAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void aFileThatIsOpenToOthersIsRefusedWithWhatToRun(String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> KeyRing.open(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(permissions)
                .hasMessageContaining("chmod 600 " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        KeyRing.open(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2VjcmV0", "not Base64 at all: s3cret"})
    void aDamagedFileIsRefusedAndLeftAsItIs(String content) throws IOException {
        Files.writeString(file, content);
        assertThatThrownBy(() -> KeyRing.openOrMake(file))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(file + " is damaged")
                .hasMessageContaining("Restore it from a backup")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
        assertThat(file).hasContent(content);
    }

    @Test
    void aFileThatIsNotThereIsRefusedWhereItIsNotToBeMade() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> KeyRing.open(missing))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("--key-file");
        assertThat(missing).doesNotExist();
    }

    @Test
    void nothingThatHasASecretShowsIt() throws IOException {
        AccessKey key = key(ALICE, ring.seal(ALICE, Purpose.SIGNING, "s3cret"));
        String material = Files.readString(file).strip();
        assertThat(List.of(
                        ring.toString(),
                        ring.open(key, NOW).toString(),
                        key.toString(),
                        new NewSecret(key, "s3cret", Optional.of("s3cret")).toString()))
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain("s3cret")
                        .doesNotContain(material)
                        .doesNotContain(key.secret().text()));
    }

    private static AccessKey key(Actor id, SealedSecret secret) {
        return new AccessKey(
                id, secret, Optional.empty(), Optional.empty(), false, true, List.of(), "", NOW, Optional.empty());
    }
}
