#!/usr/bin/env python3
"""Renders the homes and rooms that are missing, encodes them and writes the manifest. See README.md."""

import argparse
import json
import pathlib
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE.parent.parent / "assets" / "pictures"
WIDTHS = (480, 960)
EACH = 12


def main():
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    if not options.encode:
        for name in wanted(options):
            if options.again or not (options.work / f"{name}.png").exists():
                try:
                    draw(name, options)
                    encode(options)
                except Exception:
                    print(f"{name}: left out", traceback.format_exc(), flush=True)
    encode(options)
    share()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, required=True, help="where the PNGs go; outside the repository")
    parser.add_argument("--each", type=int, default=EACH, help="how many of each kind")
    parser.add_argument("--only", nargs="*", default=[], help="kinds or names: cottage living-03")
    parser.add_argument("--again", action="store_true", help="also what is there already")
    parser.add_argument("--encode", action="store_true", help="renders nothing: encodes what the work directory holds")
    parser.add_argument("--width", type=int, default=768, help="pixels that are rendered; the height is two thirds")
    parser.add_argument("--samples", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--quality", type=int, nargs=2, default=(50, 45), help="of the AVIF files, the smaller and the larger"
    )
    return parser.parse_args()


def wanted(options):
    """Names, the first of every kind before the second of any, so that an interrupted run leaves a balanced set."""
    from studio import KINDS

    names = [(kind, f"{kind}-{number:02}") for number in range(1, options.each + 1) for kind in KINDS]
    return [name for kind, name in names if not options.only or kind in options.only or name in options.only]


def draw(name, options):
    import studio

    started = time.process_time()
    clock = time.monotonic()
    part = options.work / f"{name}.part.png"
    alt = studio.draw(name, part, options.width, options.samples, options.threads)
    (options.work / f"{name}.json").write_text(json.dumps({"kind": name.rpartition("-")[0], "alt": alt}))
    part.rename(options.work / f"{name}.png")
    spent = time.process_time() - started
    print(f"{name}: {spent:.0f} core-seconds, {time.monotonic() - clock:.0f} s", flush=True)


def encode(options):
    """Writes AVIF files for new renderings, and the manifest of all pictures."""
    from PIL import Image, ImageFilter

    RESULTS.mkdir(parents=True, exist_ok=True)
    manifest = RESULTS / "manifest.json"
    known = {p["name"]: p for p in json.loads(manifest.read_text())["pictures"]} if manifest.exists() else {}
    for source in sorted(options.work.glob("*-[0-9][0-9].png")):
        name = source.stem
        targets = {width: RESULTS / f"{name}-{width}.avif" for width in WIDTHS}
        stale = any(not t.exists() or t.stat().st_mtime < source.stat().st_mtime for t in targets.values())
        if not stale and name in known:
            continue
        image = Image.open(source).convert("RGB")
        for (width, target), quality in zip(targets.items(), options.quality):
            sized = image.resize((width, width * 2 // 3), Image.Resampling.LANCZOS)
            if width > image.width:
                sized = sized.filter(ImageFilter.UnsharpMask(1.2, 60, 2))
            sized.save(target, quality=quality, speed=6)
        known[name] = {"name": name, **json.loads(source.with_suffix(".json").read_text()), "corners": corners(image)}
    pictures = [known[name] for name in sorted(known) if (RESULTS / f"{name}-{WIDTHS[-1]}.avif").exists()]
    lines = ",\n".join("    " + json.dumps(picture, ensure_ascii=False) for picture in pictures)
    manifest.write_text(f'{{\n  "widths": {list(WIDTHS)},\n  "pictures": [\n{lines}\n  ]\n}}\n')
    size = sum(p.stat().st_size for p in RESULTS.glob("*.avif"))
    print(f"{len(pictures)} pictures, {size:,} bytes")


def share():
    """Writes JPEG files for sites that show what a link leads to: they read no AVIF, and want 1200 by 630 pixels."""
    from PIL import Image, ImageFilter, ImageOps

    rooms = {"living", "kitchen", "bedroom", "bathroom", "dining"}
    for source in sorted(RESULTS.glob(f"*-{WIDTHS[-1]}.avif")):
        name = source.stem.rpartition("-")[0]
        if name.rpartition("-")[0] in rooms:
            continue
        image = ImageOps.fit(Image.open(source).convert("RGB"), (1200, 630), Image.Resampling.LANCZOS)
        image = image.filter(ImageFilter.UnsharpMask(1.2, 50, 2))
        image.save(RESULTS / f"{name}-share.jpg", quality=60, optimize=True, progressive=True)


def corners(image):
    """The average colours of the quarters: top left, top right, bottom left, bottom right."""
    from PIL import Image

    small = image.resize((2, 2), Image.Resampling.BOX)
    return ["#%02x%02x%02x" % small.getpixel((x, y)) for y in (0, 1) for x in (0, 1)]


if __name__ == "__main__":
    main()
