// First step of a start: the image is on the node, or the container waits with a reason.
// @see kubernetes pkg/kubelet/images/image_manager.go

import type { Container, Pod } from "@kubonsai/api";
import type { Clock } from "@kubonsai/clock";
import { ImageNameError, type ImageService, type NodeImage } from "../../runtime/runtime.ts";
import { errorText, quoted } from "../../text/describe.ts";
import { goDuration } from "../../text/go-duration.ts";
import { imageBackOff, type BackOff } from "../back-off.ts";
import type { PodEvent, PodEvents } from "../pod-events.ts";
import { StartError } from "./start-error.ts";

export interface ImagePullerOptions {
  images: ImageService;
  events: PodEvents;
  clock: Clock;
}

/** One node's. Pulls run one after the other: the kubelet's default `serializeImagePulls`. */
export class ImagePuller {
  readonly #options: ImagePullerOptions;
  readonly #backOff: BackOff = imageBackOff();
  /** The last pull's error per pod and image: said again during the back-off. */
  readonly #lastErrors = new Map<string, string>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: ImagePullerOptions) {
    this.#options = options;
  }

  /** @throws StartError */
  async ensure(pod: Pod, container: Container): Promise<NodeImage> {
    const image = container.image ?? "";
    const present = this.#present(pod, container);
    const policy = container.imagePullPolicy ?? "IfNotPresent";
    if (present && policy !== "Always") {
      const message =
        `Container image ${quoted(image)} already present on machine ` +
        "and can be accessed by the pod";
      this.#record(pod, { type: "Normal", reason: "Pulled", message, container });
      return present;
    }
    if (policy === "Never") throw this.#neverPulled(pod, container);
    return this.#pull(pod, container);
  }

  /** The pod is gone: its errors are of no more interest. */
  forget(podUid: string): void {
    for (const key of this.#lastErrors.keys()) {
      if (key.startsWith(`${podUid}_`)) this.#lastErrors.delete(key);
    }
    this.#backOff.collect(this.#options.clock.now());
  }

  #present(pod: Pod, container: Container): NodeImage | undefined {
    const image = container.image ?? "";
    try {
      return this.#options.images.status(image);
    } catch (error) {
      const isName = error instanceof ImageNameError;
      if (!isName && container.imagePullPolicy === "Always") return undefined;
      const message = isName
        ? `Failed to apply default image tag ${quoted(image)}: ${errorText(error)}`
        : `Failed to inspect image "": ${errorText(error)}`;
      this.#record(pod, { type: "Warning", reason: "InspectFailed", message, container });
      throw new StartError(isName ? "InvalidImageName" : "ImageInspectError", message);
    }
  }

  #neverPulled(pod: Pod, container: Container): StartError {
    const message =
      `Container image ${quoted(container.image ?? "")} is not present ` +
      "with pull policy of Never";
    this.#record(pod, { type: "Warning", reason: "ErrImageNeverPull", message, container });
    return new StartError("ErrImageNeverPull", message);
  }

  async #pull(pod: Pod, container: Container): Promise<NodeImage> {
    const { clock } = this.#options;
    const image = container.image ?? "";
    const key = `${pod.metadata.uid}_${image}`;
    this.#refuseInBackOff(pod, { container, key });
    const record = (event: PodEvent) => this.#record(pod, { ...event, container });
    const pulling = `Pulling image ${quoted(image)}`;
    record({ type: "Normal", reason: "Pulling", message: pulling });
    const askedAt = clock.now();
    try {
      const { pulled, tookMs } = await this.#next(image);
      const total = goDuration(clock.now() - askedAt);
      const message =
        `Successfully pulled image ${quoted(image)} in ${goDuration(tookMs)} ` +
        `(${total} including waiting). Image size: ${pulled.sizeBytes} bytes.`;
      record({ type: "Normal", reason: "Pulled", message });
      this.#backOff.collect(clock.now());
      return pulled;
    } catch (error) {
      const text = errorText(error);
      const message = `Failed to pull image ${quoted(image)}: ${text}`;
      record({ type: "Warning", reason: "Failed", message });
      const now = clock.now();
      this.#backOff.step(key, { eventMs: now, now });
      const failure = pullFailure(image, text);
      this.#lastErrors.set(key, `${failure.reason}: ${failure.message}`);
      throw failure;
    }
  }

  #refuseInBackOff(pod: Pod, { container, key }: { container: Container; key: string }): void {
    if (!this.#backOff.isWaitingSinceStep(key, this.#options.clock.now())) {
      this.#lastErrors.delete(key);
      return;
    }
    const message = `Back-off pulling image ${quoted(container.image ?? "")}`;
    this.#record(pod, { type: "Normal", reason: "BackOff", message, container });
    const last = this.#lastErrors.get(key);
    throw new StartError("ImagePullBackOff", last === undefined ? message : `${message}: ${last}`);
  }

  /** Waits its turn; `tookMs` counts from there. */
  #next(image: string): Promise<{ pulled: NodeImage; tookMs: number }> {
    const { images, clock } = this.#options;
    const turn = this.#queue.then(async () => {
      const startedAt = clock.now();
      const pulled = await images.pull(image, new AbortController().signal);
      return { pulled, tookMs: clock.now() - startedAt };
    });
    // its caller hears of a failure; the next in the row does not care
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #record(pod: Pod, event: PodEvent): void {
    this.#options.events.record(pod, event);
  }
}

/** Some runtimes say in the first word what went wrong. */
function pullFailure(image: string, text: string): StartError {
  const named: [string, string][] = [
    ["RegistryUnavailable", "the registry is unavailable"],
    ["SignatureValidationFailed", "the signature validation failed"],
  ];
  for (const [word, why] of named) {
    if (!text.startsWith(word)) continue;
    const detail = text.slice(word.length);
    return new StartError(word, `image pull failed for ${image} because ${why}${detail}`);
  }
  return new StartError("ErrImagePull", text);
}
