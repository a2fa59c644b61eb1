#include "core/project/file_fields.h"

#include <array>
#include <charconv>

namespace likeness {
namespace fs = std::filesystem;
namespace {

std::string numberText(double number) {
  std::array<char, 40> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

Result<CropRect> cropOf(const YAML::Node& node, const fs::path& path) {
  const auto number = [&](const char* key, double fallback, double low, double high) {
    return numberIn(node, key, "crop", fallback, {low, high}, path);
  };
  CropRect crop;
  if (!node || node.IsNull()) return crop;
  if (!node.IsMap()) return damagedProject(path, "a crop is not a list of names and values");
  LK_TRY(crop.centerX, number("center_x", crop.centerX, 0, 1));
  LK_TRY(crop.centerY, number("center_y", crop.centerY, 0, 1));
  LK_TRY(crop.side, number("side", crop.side, 1e-4, 1));
  LK_TRY(const auto turns, number("quarter_turns", 0, 0, 3));
  crop.quarterTurns = static_cast<int>(turns);
  return crop;
}

}  // namespace

Error damagedProject(const fs::path& path, const std::string& what) {
  return {ErrorCode::Corrupt,
          path.string() + " is damaged: " + what + ". Correct it or put back a good copy.",
          {},
          path.string()};
}

Result<std::string> textOf(const YAML::Node& root, const char* key, const fs::path& path) {
  const auto node = root[key];
  if (!node || node.IsNull()) return std::string();
  if (!node.IsScalar()) return damagedProject(path, std::string(key) + " is not a text");
  return node.Scalar();
}

Result<double> numberIn(const YAML::Node& mapping, const char* key, const char* owner, double fallback,
                        std::pair<double, double> range, const fs::path& path) {
  const auto node = mapping[key];
  if (!node || node.IsNull()) return fallback;
  double value = 0;
  const auto text = node.IsScalar() ? node.Scalar() : std::string();
  const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto [low, high] = range;
  if (failure != std::errc() || rest != text.data() + text.size() || !(value >= low && value <= high)) {
    return damagedProject(path, std::string(key) + " of a " + owner + " is not a number from " + numberText(low) +
                                    " to " + numberText(high));
  }
  return value;
}

Result<std::vector<ProjectPhoto>> photosOf(const YAML::Node& root, const char* key, const fs::path& path) {
  std::vector<ProjectPhoto> photos;
  const auto list = root[key];
  if (!list || list.IsNull()) return photos;
  if (!list.IsSequence()) return damagedProject(path, std::string(key) + " is not a list");
  for (const auto& entry : list) {
    const auto file = entry.IsMap() ? entry["file"] : entry;
    if (!file || !file.IsScalar()) return damagedProject(path, "a photo has no file name");
    if (!isPlainFileName(file.Scalar())) {
      return Error{ErrorCode::InvalidArgument,
                   path.string() + " names the photo \"" + file.Scalar() +
                       "\", which is not a plain file name. Photos lie in the project's " + key +
                       " folder; correct the line.",
                   {},
                   path.string()};
    }
    ProjectPhoto photo{file.Scalar(), {}};
    if (entry.IsMap()) {
      LK_TRY(photo.crop, cropOf(entry["crop"], path));
    }
    photos.push_back(std::move(photo));
  }
  return photos;
}

void emitPhotos(YAML::Emitter& out, const char* key, const std::vector<ProjectPhoto>& photos) {
  out << YAML::Key << key << YAML::Value << YAML::BeginSeq;
  for (const auto& photo : photos) {
    out << YAML::BeginMap << YAML::Key << "file" << YAML::Value << photo.file << YAML::Key << "crop" << YAML::Value
        << YAML::Flow << YAML::BeginMap << YAML::Key << "center_x" << YAML::Value << numberText(photo.crop.centerX)
        << YAML::Key << "center_y" << YAML::Value << numberText(photo.crop.centerY) << YAML::Key << "side"
        << YAML::Value << numberText(photo.crop.side) << YAML::Key << "quarter_turns" << YAML::Value
        << photo.crop.quarterTurns << YAML::EndMap << YAML::EndMap;
  }
  out << YAML::EndSeq;
}

void emitNumber(YAML::Emitter& out, const char* key, double number) {
  out << YAML::Key << key << YAML::Value << numberText(number);
}

}  // namespace likeness
