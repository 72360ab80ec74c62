// docker.io/library/tomcat: the servlet container with its applications, on Debian or Alpine.

import { directory, file, tree, type Leaf } from "../../file-system/tree.ts";
import { executable } from "../../process/executable.ts";
import { defineImage, type CatalogueEntry, type Image } from "../image.ts";
import { ALPINE_BASH, alpineRoot } from "../roots/alpine-root.ts";
import { debianRoot } from "../roots/debian-root.ts";
import { catalina, java } from "./catalina.ts";
import { plainPage, welcomePage } from "./pages.ts";
import { tomcatVersionOf, type TomcatVersion } from "./versions.ts";

const HOME = "/usr/local/tomcat";
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

const JAVA_VERSIONS: { readonly [major: number]: string } = {
  7: "1.7.0_211", 8: "1.8.0_472", 11: "11.0.29", 17: "17.0.17", 21: "21.0.9", 25: "25.0.1",
}; // prettier-ignore

export const tomcat: CatalogueEntry = {
  repositories: ["docker.io/library/tomcat"],
  programs: { catalina, java },
  image: ({ tag = "latest" }) => {
    const version = tomcatVersionOf(tag);
    return version && build(version);
  },
};

function build(version: TomcatVersion): Image {
  const home = javaHome(version);
  return defineImage({
    sizeBytes: version.isAlpine ? 58_410_772 : 152_804_316 + version.major * 1_370_211,
    cmd: ["catalina.sh", "run"],
    env: [
      `PATH=${HOME}/bin:${home}/bin:${PATH}`,
      `JAVA_HOME=${home}`,
      `JAVA_VERSION=${JAVA_VERSIONS[version.javaMajor] ?? `${version.javaMajor}.0.1`}`,
      `CATALINA_HOME=${HOME}`,
      `TOMCAT_MAJOR=${version.major}`,
      `TOMCAT_VERSION=${version.name}`,
    ],
    workingDir: HOME,
    exposedPorts: [8080],
    files: () => files(version, home),
  });
}

function javaHome({ isAlpine, javaMajor }: TomcatVersion): string {
  return isAlpine ? `/usr/lib/jvm/java-1.${javaMajor}-openjdk/jre` : "/opt/java/openjdk";
}

function files(version: TomcatVersion, home: string) {
  const root = version.isAlpine ? alpineRoot("3.9.4", ALPINE_BASH) : debianRoot("12");
  const script = () => file(executable("catalina"), 0o755);
  return tree(
    {
      [`${home}/bin/java`]: file(executable("java"), 0o755),
      [`${HOME}/bin/catalina.sh`]: script(),
      [`${HOME}/bin/startup.sh`]: script(),
      [`${HOME}/bin/shutdown.sh`]: script(),
      [`${HOME}/conf/server.xml`]: SERVER_XML,
      [`${HOME}/conf/web.xml`]: '<?xml version="1.0" encoding="UTF-8"?>\n<web-app/>\n',
      [`${HOME}/lib/`]: directory(),
      [`${HOME}/logs/`]: directory(0o777),
      [`${HOME}/temp/`]: directory(0o777),
      [`${HOME}/webapps/`]: directory(),
      [`${HOME}/work/`]: directory(0o777),
      ...applications(version),
    },
    root,
  );
}

/** ROOT, docs and examples: deployed, or only at hand. */
function applications({ name, hasApplications }: TomcatVersion): { [path: string]: Leaf } {
  const folder = `${HOME}/webapps${hasApplications ? "" : ".dist"}`;
  return {
    [`${folder}/ROOT/index.jsp`]: welcomePage(name),
    [`${folder}/ROOT/WEB-INF/web.xml`]: "<web-app/>\n",
    [`${folder}/docs/index.html`]: plainPage(`Apache Tomcat ${name} - Documentation`),
    [`${folder}/examples/index.html`]: plainPage("Apache Tomcat Examples"),
  };
}

const SERVER_XML = `<?xml version="1.0" encoding="UTF-8"?>
<Server port="8005" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8080" protocol="HTTP/1.1" connectionTimeout="20000" redirectPort="8443" />
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="true" />
    </Engine>
  </Service>
</Server>
`;
