#include "core/data/picture_file.h"

#include <system_error>

#include "core/api/sampler.h"
#include "core/base/atomic_file.h"
#include "core/data/bare_copy.h"
#include "core/data/exif_text.h"
#include "core/data/photo_reader.h"
#include "core/data/picture_codec.h"
#include "core/data/picture_segments.h"
#include "core/data/picture_texts.h"
#include "core/data/png_text.h"
#include "core/data/xmp_text.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr const char* kParametersKey = "parameters";
constexpr const char* kOwnKey = "likeness";

fs::path nextFree(const fs::path& file) {
  std::error_code ignored;
  auto candidate = file;
  for (int number = 2; fs::exists(fs::symlink_status(candidate, ignored)); ++number) {
    candidate = file.parent_path() / (file.stem().string() + "-" + std::to_string(number) + file.extension().string());
  }
  return candidate;
}

Result<void> writeBytes(const fs::path& file, const Bytes& bytes) {
  LK_TRY(auto out, AtomicFile::create(file));
  LK_CHECK(out.write(std::as_bytes(std::span(bytes))));
  return out.commit();
}

std::string dumped(const Json& json, bool ascii = false) {
  return json.dump(-1, ' ', ascii, Json::error_handler_t::replace);
}

const char* formatName(PictureFormat format) {
  constexpr const char* kNames[] = {"png", "jpeg", "webp"};
  return kNames[static_cast<int>(format)];
}

// Each text goes directly behind the header, so the last one stands first.
void addPngRecipe(Bytes& png, const PictureRecipe& recipe) {
  addPngText(png, kOwnKey, dumped(recipe.full));
  addPngText(png, kParametersKey, parametersText(recipe));
}

}  // namespace

const char* extensionOf(PictureFormat format) {
  constexpr const char* kExtensions[] = {".png", ".jpg", ".webp"};
  return kExtensions[static_cast<int>(format)];
}

Result<Bytes> encodePicture(const Image& image, const PictureStyle& style) {
  const auto expected = std::size_t(std::max(0, image.width)) * std::size_t(std::max(0, image.height)) * 3;
  if (expected == 0 || image.rgb.size() != expected) {
    return Error{ErrorCode::InvalidArgument, "There is no picture to write: its size does not fit its pixels."};
  }
  LK_TRY(auto* codec, pictureCodec());
  std::string complaint;
  auto bytes = codec->encode(image, style.format, style.quality, complaint);
  if (bytes.empty()) {
    const std::string name = formatName(style.format);
    return Error{ErrorCode::Internal, "The picture could not be made into a " + name + " file.", complaint};
  }
  // What OpenImageIO thinks worth telling in EXIF and text chunks is not ours to tell.
  if (style.format == PictureFormat::WebP) return bytes;
  return style.format == PictureFormat::Jpeg ? bareJpeg(bytes) : barePng(bytes);
}

Result<Bytes> encodePicture(const Image& image, const PictureStyle& style, const PictureRecipe& recipe) {
  LK_TRY(auto bytes, encodePicture(image, style));
  if (style.format == PictureFormat::Png) {
    addPngRecipe(bytes, recipe);
    return bytes;
  }
  const auto exif = makeExif(parametersText(recipe));
  const auto xmp = makeXmp(dumped(recipe.full, /*ascii=*/true));
  if (style.format == PictureFormat::WebP) {
    addWebPMetadata(bytes, image.width, image.height, exif, xmp);
  } else {
    LK_CHECK(addJpegMetadata(bytes, exif, xmp));
  }
  return bytes;
}

Result<fs::path> writePicture(const fs::path& file, const Image& image, const PictureRecipe& recipe,
                              const PictureStyle& style) {
  LK_TRY(const auto bytes, encodePicture(image, style, recipe));
  const auto free = nextFree(file);
  LK_CHECK(writeBytes(free, bytes));
  return free;
}

Result<fs::path> writePicture(const fs::path& file, const Image& image) {
  LK_TRY(const auto bytes, encodePicture(image));
  const auto free = nextFree(file);
  LK_CHECK(writeBytes(free, bytes));
  return free;
}

Result<void> replacePicture(const fs::path& file, const Image& image, const Json& likeness) {
  LK_TRY(auto bytes, encodePicture(image));
  if (!likeness.is_null()) addPngText(bytes, kOwnKey, dumped(likeness));
  return writeBytes(file, bytes);
}

Result<Json> readRecipe(const fs::path& file) {
  LK_TRY(const auto texts, readPictureTexts(file));
  const auto found = texts.find(kOwnKey);
  if (found == texts.end()) {
    return Error{ErrorCode::NotFound,
                 file.string() + " carries no recipe of Likeness. Choose a picture that was made here.",
                 {},
                 file.string()};
  }
  auto parsed = parseJson(found->second);
  if (parsed.is_null()) {
    return Error{ErrorCode::Corrupt,
                 file.string() + " carries a damaged recipe. Use another copy of the picture.",
                 {},
                 file.string()};
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
