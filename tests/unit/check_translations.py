#!/usr/bin/env python3
"""Holds what the window's texts need to be found and counted: usage check_translations.py LUPDATE ROOT.

Every text must belong to a class (a free function's tr() files it under one name and looks it up under another), and
every text with a number must have its English forms, or people read "1 photo(s)". In every other language each text must
be translated, with the same placeholders. Exits 1 and names each that hasn't.
To take new texts up: lupdate -I . -extensions cpp,h -no-obsolete -locations none ui app -ts translations/*.ts
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree


def messages(file):
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name"), message


def found(lupdate, root):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "found.ts"
        subprocess.run([lupdate, "-silent", "-I", root, "-extensions", "cpp,h", root / "ui", root / "app", "-ts", file],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return list(messages(file))


def parts(text):
    """What a translation must keep: places of values, of the subject, tags, patterns of file names."""
    return sorted(re.findall(r"%L?[1-9]|\[V2?\]|<[^>]+>|\(\*[^)]*\)", text))


def faults(file, texts):
    """What is wrong with a language's file, given all texts of the program."""
    there = {(context, message.findtext("source"), message.findtext("comment")): message
             for context, message in messages(file)}
    for context, message in texts:
        source = message.findtext("source")
        own = there.get((context, source, message.findtext("comment")))
        forms = [] if own is None else [form.text for form in own.iter("numerusform")] or [own.findtext("translation")]
        if not forms or not all(forms) or own.find("translation").get("type"):
            yield f'{file.name}: "{source}" ({context}) is not translated'
        elif any(parts(form) != parts(source) for form in forms):
            yield f'{file.name}: "{forms[0]}" has other placeholders than "{source}"'


def main():
    lupdate, root = sys.argv[1], pathlib.Path(sys.argv[2])
    counted = {(context, message.findtext("source"))
               for context, message in messages(root / "translations/likeness_en.ts")
               if message.get("numerus") and all(form.text for form in message.iter("numerusform"))}
    texts = found(lupdate, root)
    wrong = []
    for context, message in texts:
        source = message.findtext("source")
        if context != "main" and not context.startswith("likeness::"):
            wrong.append(f'"{source}" is filed under "{context}", where it is not looked up: use Q_DECLARE_TR_FUNCTIONS')
        elif message.get("numerus") and (context, source) not in counted:
            wrong.append(f'"{source}" ({context}) has a number but no English forms in translations/likeness_en.ts')
    languages = [file for file in sorted((root / "translations").glob("likeness_*.ts")) if file.stem != "likeness_en"]
    for file in languages:
        wrong += faults(file, texts)
    print("\n".join(wrong) or f"{len(texts)} texts, {len(counted)} with a number, {len(languages)} languages beside English")
    return 1 if wrong or not texts else 0


if __name__ == "__main__":
    sys.exit(main())
