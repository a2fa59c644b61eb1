#include "core/pretrain/captioned_pictures.h"

#include <set>
#include <sstream>

#include "core/base/atomic_file.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/data/photo_reader.h"
#include "core/project/captions.h"
#include "core/project/project_file.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLargestList = 256u << 20;

Result<CaptionedPicture> parseLine(const std::string& text, const fs::path& list, std::int64_t number) {
  const auto bad = [&](ErrorCode code, const std::string& what) {
    return Error{code, "Line " + std::to_string(number) + " of " + list.string() + " " + what, {}, list.string()};
  };
  const auto json = parseJson(text);
  const auto name = json.is_object() ? jsonOr<std::string>(json, "file", {}) : std::string();
  const auto caption = json.is_object() ? jsonOr<std::string>(json, "caption", {}) : std::string();
  if (name.empty() || trimmed(caption).empty()) {
    return bad(ErrorCode::Corrupt, "is not {\"file\": …, \"caption\": …}. Correct it, or remove the line.");
  }
  if (!isPlainFileName(name)) {
    return bad(ErrorCode::Corrupt, "names " + quotedName(name) + ", which is not a plain file name. Correct it.");
  }
  std::error_code ignored;
  const auto file = list.parent_path() / name;
  if (!fs::is_regular_file(file, ignored)) {
    return bad(ErrorCode::NotFound, "has a caption for " + quotedName(name) +
                                        ", but there is no such picture. Put it there, or remove the line.");
  }
  return CaptionedPicture{file, std::string(trimmed(caption))};
}

Result<std::vector<CaptionedPicture>> readList(const fs::path& list) {
  LK_TRY(const auto text, readFile(list, kLargestList));
  std::vector<CaptionedPicture> pictures;
  std::istringstream lines(text);
  std::int64_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (trimmed(line).empty()) continue;
    LK_TRY(auto picture, parseLine(line, list, number));
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

// Text files that belong to no picture are most likely a mistake, so they are told of.
Result<void> checkLoneCaptions(const fs::path& folder, const std::set<fs::path>& captions) {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    if (entry.path().extension() != ".txt" || captions.contains(entry.path().filename())) continue;
    return Error{ErrorCode::NotFound,
                 "The caption " + entry.path().string() +
                     " has no picture beside it. Put it there, or remove the caption.",
                 {}, entry.path().string()};
  }
  return {};
}

Result<std::vector<CaptionedPicture>> readTexts(const fs::path& folder) {
  LK_TRY(const auto files, listPhotoFiles({folder}));
  std::vector<CaptionedPicture> pictures;
  std::set<fs::path> captions;
  std::error_code ignored;
  for (const auto& file : files) {
    const auto text = fs::path(file).replace_extension(".txt");
    if (!fs::is_regular_file(text, ignored)) {
      return Error{ErrorCode::NotFound,
                   "The picture " + file.string() + " has no caption. Write what it shows into " +
                       text.filename().string() + " beside it, or give all captions in " + kCaptionList + ".",
                   {}, file.string()};
    }
    LK_TRY(auto caption, readCaption(text));
    captions.insert(text.filename());
    pictures.push_back({file, std::move(caption)});
  }
  LK_CHECK(checkLoneCaptions(folder, captions));
  return pictures;
}

}  // namespace

Result<std::vector<CaptionedPicture>> listCaptionedPictures(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    return Error{ErrorCode::NotFound,
                 "There is no folder " + folder.string() + ". Check the path of pictures.",
                 {}, folder.string()};
  }
  const auto list = folder / kCaptionList;
  LK_TRY(auto pictures, fs::exists(list, ignored) ? readList(list) : readTexts(folder));
  if (!pictures.empty()) return pictures;
  return Error{ErrorCode::NotFound,
               folder.string() +
                   " has no captioned pictures. Put pictures and their captions there; see docs/base-model.md.",
               {}, folder.string()};
}

}  // namespace likeness
