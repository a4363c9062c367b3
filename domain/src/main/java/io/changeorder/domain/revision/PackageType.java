package io.changeorder.domain.revision;

/** How a revision is packaged (SAE 2019-05-06, CreateApplication: War, FatJar, Image). */
public enum PackageType {
    IMAGE,
    FAT_JAR,
    WAR
}
