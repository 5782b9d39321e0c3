"""Put Leaflet into ``geo/render/assets`` so that the atlas needs no network.

``python scripts/vendor_leaflet.py`` fetches the npm package with ``npm pack``,
checks it against the pinned digest and writes three files. With ``--check``
nothing is fetched: the committed files are compared with their pinned digests.

Source: npm package ``leaflet`` 1.9.4, BSD-2-Clause. Its licence is put at
the top of the script, since every atlas carries a copy. So that the page asks
for nothing, the source-map comment is dropped from the script, and the style
lines that load images (layer switcher and pin marker, neither of which the
atlas has) from the stylesheet.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ASSETS = Path(__file__).resolve().parent.parent / "geo" / "render" / "assets"
PACKAGE = "leaflet@1.9.4"
PACKAGE_SHA256 = "84c65a256e50657896f54c33bd857b6849ebe94c817803be818bf32a3dde0b77"
OUTPUT_SHA256 = {
    "leaflet.js": "d38b63331ac3321ecf10004aaed473b463034613195a74657b07b2816b148b75",
    "leaflet.css": "9a69a5374a9366c10709f2c0c3bdacaa685af860dba0dd19c8d05eece60bb788",
    "leaflet.LICENSE": "53e8dc25862014e4324741ca18fbe3611e11d42ef69f59f86ea8c5389647d4cb",
}


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def fetch_package(folder: Path) -> bytes:
    """Return the bytes of the npm package, checked against the pinned digest."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not installed. It is needed only to fetch Leaflet again; --check works without it.")
    subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    data = next(folder.glob("*.tgz")).read_bytes()
    if sha256(data) != PACKAGE_SHA256:
        sys.exit(f"{PACKAGE}: sha256 {sha256(data)}, expected {PACKAGE_SHA256}. Nothing was written.")
    return data


def build_assets(package: Path) -> dict[str, bytes]:
    """Return the content of the three files, made from the packed archive."""
    with tarfile.open(package) as archive:
        members = {
            name: archive.extractfile(f"package/{path}").read()  # type: ignore[union-attr]
            for name, path in (
                ("leaflet.js", "dist/leaflet.js"),
                ("leaflet.css", "dist/leaflet.css"),
                ("leaflet.LICENSE", "LICENSE"),
            )
        }
    script = members["leaflet.js"].decode().replace("\r\n", "\n")
    style = members["leaflet.css"].decode().replace("\r\n", "\n").replace("\t", "  ")
    script = "".join(
        line for line in script.splitlines(keepends=True) if not line.startswith("//# sourceMapping")
    )
    style = "\n".join(line.rstrip() for line in style.splitlines() if "url(" not in line)
    return {
        "leaflet.js": b"/*\n"
        + members["leaflet.LICENSE"].strip()
        + b"\n*/\n"
        + script.strip().encode()
        + b"\n",
        "leaflet.css": style.rstrip().encode() + b"\n",
        "leaflet.LICENSE": members["leaflet.LICENSE"],
    }


def find_faults(files: dict[str, bytes]) -> list[str]:
    """Return one line for each file whose digest is not the pinned one."""
    return [
        f"{name}: sha256 {sha256(files[name])}, expected {wanted}"
        for name, wanted in OUTPUT_SHA256.items()
        if sha256(files[name]) != wanted
    ]


def main() -> int:
    """Write or check the vendored files; return the exit status."""
    parser = argparse.ArgumentParser(description="Vendor Leaflet for the atlas.")
    parser.add_argument("--check", action="store_true", help="only compare the committed files")
    check = parser.parse_args().check
    if check:
        files = {
            name: (ASSETS / name).read_bytes() if (ASSETS / name).exists() else b"" for name in OUTPUT_SHA256
        }
    else:
        with tempfile.TemporaryDirectory() as name:
            package = Path(name, "package.tgz")
            package.write_bytes(fetch_package(Path(name)))
            files = build_assets(package)
    faults = find_faults(files)
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    if not check:
        for name, data in files.items():
            (ASSETS / name).write_bytes(data)
    print(f"Leaflet assets are as pinned ({PACKAGE}).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
