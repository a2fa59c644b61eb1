// What pictures carry: text chunks, EXIF and XMP, packed texts, and the recipes that stand in them.
#include "core/api/parameters_text.h"
#include "core/api/recipe_json.h"
#include "core/api/sample_grid.h"
#include "core/api/sample_options.h"
#include "core/base/text.h"
#include "core/data/exif_text.h"
#include "core/data/file_metadata.h"
#include "core/data/heif_boxes.h"
#include "core/data/inflate.h"
#include "core/data/picture_segments.h"
#include "core/data/picture_texts.h"
#include "core/data/png_text.h"
#include "core/data/xmp_text.h"

#include <zlib.h>

#include "tests/fuzz/targets.h"

namespace likeness {
namespace {

using namespace std::string_literals;
using Bytes = std::vector<std::uint8_t>;

std::span<const std::uint8_t> octets(std::span<const std::byte> file) {
  return {reinterpret_cast<const std::uint8_t*>(file.data()), file.size()};
}
std::string_view characters(std::span<const std::byte> file) {
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}
std::string text(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

void number(Bytes& bytes, std::uint64_t value, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

void checkTexts(const PictureTexts& texts) {
  for (const auto& [key, value] : texts) require(isValidUtf8(key) && isValidUtf8(value), "texts are UTF-8");
}

// Everything that is made of a text in a picture.
void useText(const std::string& text) {
  const auto parsed = parseParameters(text);
  auto settings = recipeFromParameters(parsed).settings;
  static_cast<void>(isParameters(parsed));
  static_cast<void>(parseGrid(text));
  const auto json = parseJson(text);
  const auto own = readRecipeJson(json);
  settings.insert(settings.end(), own.settings.begin(), own.settings.end());
  Sample sample;
  for (const auto& setting : settings) {
    const auto applied = applySampleOptions(sample, {setting});
    require(applied.ok() || !applied.error().message.empty(), "a setting that does not fit is told");
  }
  require(sample.steps >= 1 && sample.guidance >= 0 && sample.width >= 0 && sample.height >= 0, "settings keep to their limits");
  require(sampleFromRecipe(text).has_value() == json.is_object(), "a recipe is a JSON object");
}

void useTexts(const PictureTexts& texts) {
  checkTexts(texts);
  for (const auto* key : {"likeness", "parameters", "prompt", "workflow"}) {
    if (const auto found = texts.find(key); found != texts.end()) useText(found->second);
  }
}

// A PNG whose chunks are framed as they should be, checksums too, from pieces of "kind, length (2 bytes), content".
Bytes pngOfPieces(std::span<const std::uint8_t> pieces) {
  Bytes png = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  while (pieces.size() >= 6) {
    const auto size = std::min<std::size_t>(bigEndian(pieces, 4, 2), pieces.size() - 6);
    Bytes body(pieces.begin(), pieces.begin() + 4);
    body.insert(body.end(), pieces.begin() + 6, pieces.begin() + 6 + static_cast<std::ptrdiff_t>(size));
    number(png, size, 4);
    png.insert(png.end(), body.begin(), body.end());
    number(png, ::crc32_z(0, body.data(), body.size()), 4);
    pieces = pieces.subspan(6 + size);
  }
  return png;
}

std::string piece(const std::string& kind, const std::string& content) {
  Bytes size;
  number(size, content.size(), 2);
  return kind + text(size) + content;
}

std::string packed(const std::string& plain) {
  auto size = ::compressBound(plain.size());
  Bytes out(size);
  ::compress(out.data(), &size, reinterpret_cast<const Bytef*>(plain.data()), plain.size());
  out.resize(size);
  return text(out);
}

const std::string& parameters() {
  static const std::string all =
      "a <lora:cat:0.8> photo\nNegative prompt: blurry\nSteps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, "
      "Seed: 1, Size: 512x768, Model hash: 1a2b, Denoising strength: 0.5, Hires upscale: 2, Clip skip: 2, "
      "Lora hashes: \"cat: 1234\"";
  return all;
}
const std::string& recipe() {
  static const std::string all =
      R"({"version":1,"prompt":"a dog","sampler":"euler","steps":20,"guidance":7.5,"seed":3,"size":"64x64","lora":["a:0.5"],)"
      R"("files":[{"role":"model","file":"m","sha256":"00"}],"grid":[{"setting":"seed","values":[1,2]}],"batch":{"seed":1,"count":2}})";
  return all;
}

}  // namespace

void fuzzPngTexts(std::span<const std::byte> file) {
  const auto png = pngOfPieces(octets(file));
  ByteFile bytes{std::span<const std::uint8_t>(png)};
  PictureTexts texts;
  if (readPngTexts(bytes, texts)) useTexts(texts);
  PhotoProbe probe;
  probePng(bytes, probe);
}

void fuzzPicture(std::span<const std::byte> file) {
  ByteFile bytes{octets(file)};
  const auto texts = readPictureTexts(bytes, "fuzz/file");
  if (texts) checkTexts(*texts);
  if (!texts) requireSentence(texts.error());
  for (auto* probe : {probeJpeg, probePng, probeWebP, probeTiff, probeHeif}) {
    PhotoProbe found;
    probe(bytes, found);
    require(found.width >= 0 && found.height >= 0, "a size is not negative");
  }
}

void fuzzExif(std::span<const std::byte> file) {
  PictureTexts texts;
  readExifTexts(octets(file), texts);
  if (auto own = readXmpText(characters(file)); !own.empty()) texts.try_emplace("likeness", std::move(own));
  useTexts(texts);
}

void fuzzInflate(std::span<const std::byte> file) {
  constexpr std::size_t kLimit = 1 << 20;
  require(inflated(octets(file), kLimit).size() <= kLimit, "no more is unpacked than was asked for");
}

void fuzzRecipe(std::span<const std::byte> file) { useText(repairedUtf8(characters(file))); }

std::vector<std::string> pngTextSeeds() {
  return {piece("IHDR", std::string(13, '\1')) + piece("tEXt", "parameters\0"s + parameters()) + piece("IEND", ""),
          piece("iTXt", "likeness\0\0\0\0\0"s + recipe()),
          piece("zTXt", "prompt\0\0"s + packed("{\"3\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":1}}}")),
          piece("iTXt", "workflow\0\1\0de\0\xc3\xbc\0"s + packed("{\"nodes\":[]}")),
          piece("iCCP", "icc\0\0"s + packed(std::string(200, 'p'))) + piece("eXIf", text(makeExif("a dog")))};
}

std::vector<std::string> pictureSeeds() {
  Bytes jpeg = {0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
                0xff, 0xc0, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0, 0xff, 0xe2, 0, 18};
  for (const char c : "ICC_PROFILE\0\1\1ab"s) jpeg.push_back(static_cast<std::uint8_t>(c));
  number(jpeg, 0xffd9, 2);
  const auto exif = makeExif(parameters());
  auto withTexts = jpeg;
  static_cast<void>(addJpegMetadata(withTexts, exif, makeXmp(recipe())));
  Bytes webp;
  for (const char c : "RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\0\0\0\x10\0\x10\0"s) webp.push_back(static_cast<std::uint8_t>(c));
  addWebPMetadata(webp, 16, 16, exif, makeXmp(recipe()));
  const std::string heif = "\0\0\0\x14" "ftypheic\0\0\0\0mif1"s + "\0\0\0\x4e" "meta\0\0\0\0"s + "\0\0\0\x0e" "pitm\0\0\0\0\0\1"s +
                           "\0\0\0\x34" "iprp"s + "\0\0\0\x1c" "ipco"s + "\0\0\0\x14" "ispe\0\0\0\0\0\0\0\x10\0\0\0\x10"s +
                           "\0\0\0\x10" "ipma\0\0\0\0\0\0\0\1"s;
  const std::string tiff = "II*\0\x08\0\0\0\2\0"s + "\0\1\3\0\1\0\0\0\x10\0\0\0"s + "\1\1\3\0\1\0\0\0\x10\0\0\0"s + "\0\0\0\0"s;
  return {text(pngOfPieces(octets(std::as_bytes(std::span(pngTextSeeds()[0]))))), text(jpeg), text(withTexts), text(webp), heif, tiff};
}

std::vector<std::string> exifSeeds() {
  return {text(makeExif(parameters())), text(makeExif("дракон 🐉")), "Exif\0\0"s + text(makeExif("")), makeXmp(recipe()),
          "II*\0\x08\0\0\0\2\0\x0f\1\2\0\x0c\0\0\0\x26\0\0\0\x69\x87\4\0\1\0\0\0\x26\0\0\0\0\0\0\0prompt:{\"a\":1}\0"s};
}

std::vector<std::string> inflateSeeds() {
  return {packed(""), packed(parameters()), packed(std::string(100'000, 'a')), packed(std::string(2 << 20, '\0')),
          packed(recipe()).substr(0, 40)};
}

std::vector<std::string> recipeSeeds() {
  return {parameters(), recipe(), "seed=1,2,3; guidance=3,7", "seed=1-5 (+2); prompt=\"a, b\"",
          "{\"width\":64,\"height\":64,\"checkpoint\":null,\"seed\":NaN}",
          "x\nSteps: 3, Sampler: Euler a, Seed: 18446744073709551615, Hires resize: 1024x1536, Size: 512x768, VAE: \"a,b\""};
}

}  // namespace likeness
