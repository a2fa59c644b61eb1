#include "core/data/picture_file.h"

#include <OpenImageIO/filesystem.h>
#include <OpenImageIO/imageio.h>

#include <array>
#include <cstdio>
#include <system_error>

#include "core/api/sampler.h"
#include "core/base/atomic_file.h"
#include "core/data/photo_reader.h"
#include "core/data/png_text.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr const char* kParametersKey = "parameters";
constexpr const char* kOwnKey = "likeness";

std::string shortNumber(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", value);
  return text.data();
}

// Names as AUTOMATIC1111 writes them; ones that aren't ours as they are.
std::string titleOfSampler(const std::string& name) {
  const auto sampler = parseSampler(name);
  return sampler.ok() ? samplerTitle(*sampler) : name;
}
std::string titleOfSchedule(const std::string& name) {
  const auto schedule = parseSigmaSchedule(name);
  return schedule.ok() ? sigmaScheduleTitle(*schedule) : name;
}

fs::path nextFree(const fs::path& file) {
  std::error_code ignored;
  auto candidate = file;
  for (int number = 2; fs::exists(fs::symlink_status(candidate, ignored)); ++number) {
    candidate = file.parent_path() / (file.stem().string() + "-" + std::to_string(number) + file.extension().string());
  }
  return candidate;
}

Result<void> writeBytes(const fs::path& file, const std::vector<std::uint8_t>& bytes) {
  LK_TRY(auto out, AtomicFile::create(file));
  LK_CHECK(out.write(std::as_bytes(std::span(bytes))));
  return out.commit();
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string parametersText(const PictureRecipe& recipe) {
  std::string text = recipe.prompt;
  if (!recipe.negative.empty()) text += "\nNegative prompt: " + recipe.negative;
  text += "\nSteps: " + std::to_string(recipe.steps) + ", Sampler: " + titleOfSampler(recipe.sampler) +
          (recipe.schedule.empty() ? "" : ", Schedule type: " + titleOfSchedule(recipe.schedule)) + ", CFG scale: " + shortNumber(recipe.guidance) + ", Seed: " + std::to_string(recipe.seed) + ", Size: " +
          std::to_string(recipe.width) + "x" + std::to_string(recipe.height);
  if (!recipe.modelHash.empty()) text += ", Model hash: " + recipe.modelHash;
  if (!recipe.model.empty()) text += ", Model: " + recipe.model;
  return text + ", Version: Likeness";
}

Result<std::vector<std::uint8_t>> encodePng(const Image& image) {
  const auto expected = std::size_t(std::max(0, image.width)) * std::size_t(std::max(0, image.height)) * 3;
  if (expected == 0 || image.rgb.size() != expected) {
    return Error{ErrorCode::InvalidArgument, "There is no picture to write: its size does not fit its pixels."};
  }
  std::vector<std::uint8_t> bytes;
  OIIO::Filesystem::IOVecOutput memory(bytes);
  void* proxy = &memory;
  OIIO::ImageSpec spec(image.width, image.height, 3, OIIO::TypeUInt8);
  spec.attribute("oiio:ioproxy", OIIO::TypeDesc::PTR, &proxy);
  auto output = OIIO::ImageOutput::create("png");
  if (!output) return Error{ErrorCode::Internal, "The picture could not be made into a PNG.", OIIO::geterror()};
  const bool written = output->open("memory.png", spec) && output->write_image(OIIO::TypeUInt8, image.rgb.data()) && output->close();
  if (!written) return Error{ErrorCode::Internal, "The picture could not be made into a PNG.", output->geterror()};
  return bytes;
}

Result<fs::path> writePicture(const fs::path& file, const Image& image, const PictureRecipe& recipe) {
  LK_TRY(auto bytes, encodePng(image));
  // Each goes directly behind the header, so the last one stands first.
  addPngText(bytes, kOwnKey, dumped(recipe.full));
  addPngText(bytes, kParametersKey, parametersText(recipe));
  const auto free = nextFree(file);
  LK_CHECK(writeBytes(free, bytes));
  return free;
}

Result<fs::path> writePicture(const fs::path& file, const Image& image) {
  LK_TRY(const auto bytes, encodePng(image));
  const auto free = nextFree(file);
  LK_CHECK(writeBytes(free, bytes));
  return free;
}

Result<void> replacePicture(const fs::path& file, const Image& image, const Json& likeness) {
  LK_TRY(auto bytes, encodePng(image));
  if (!likeness.is_null()) addPngText(bytes, kOwnKey, dumped(likeness));
  return writeBytes(file, bytes);
}

Result<std::map<std::string, std::string>> readPictureTexts(const fs::path& file) { return readPngTexts(file); }

Result<Json> readRecipe(const fs::path& file) {
  LK_TRY(const auto texts, readPngTexts(file));
  const auto found = texts.find(kOwnKey);
  if (found == texts.end()) {
    return Error{ErrorCode::NotFound, file.string() + " carries no recipe of Likeness. Choose a picture that was made here.",
                 {}, file.string()};
  }
  auto parsed = Json::parse(found->second, nullptr, /*allow_exceptions=*/false);
  if (parsed.is_discarded()) {
    return Error{ErrorCode::Corrupt, file.string() + " carries a damaged recipe. Use another copy of the picture.", {}, file.string()};
  }
  return parsed;
}

Result<Image> readPicture(const fs::path& file) {
  LK_TRY(const auto photo, readPhoto(file));
  Image image{photo.width, photo.height, std::vector<std::uint8_t>(photo.rgb.size())};
  for (std::size_t i = 0; i < photo.rgb.size(); ++i) image.rgb[i] = static_cast<std::uint8_t>((photo.rgb[i] + 128) / 257);
  return image;
}

}  // namespace likeness
