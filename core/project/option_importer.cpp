#include "core/project/option_importer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/api/options.h"
#include "core/base/atomic_file.h"
#include "core/base/text.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMaxBytes = 4u << 20;
constexpr std::size_t kMaxText = 120;

std::string entry(const std::string& name, const std::string& text) {
  const auto shown = printableText(text);
  const auto quoted = quotedName(name);
  return quoted.substr(1, quoted.size() - 2) + (shown.empty() ? "" : " = " + shown);
}

bool knowsOption(const std::string& name) {
  return std::ranges::any_of(trainOptions(), [&](const TrainOption& option) { return option.name == name; });
}

}  // namespace

std::string printableText(const std::string& text) {
  auto shown = repairedUtf8(text);
  std::ranges::replace_if(shown, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return shown.size() > kMaxText ? repairedUtf8(shown.substr(0, kMaxText)) + "…" : shown;
}

bool OptionImporter::take(const std::string& theirs, const std::string& text, const std::string& ours,
                          const std::vector<std::string>& values) {
  if (!knowsOption(ours)) {
    leave(theirs, text, "this version has no option " + ours);
    return false;
  }
  for (const auto& value : values) {
    TrainConfig scratch;
    if (!setTrainOption(scratch, ours, value).ok()) continue;
    m_result.options.emplace_back(ours, value);
    m_result.taken.push_back(entry(theirs, text) + ": " + ours + " = " + value);
    return true;
  }
  leave(theirs, text, ours + " has no such value");
  return false;
}

void OptionImporter::takeAsIs(const std::string& theirs, const std::string& text, const std::string& why) {
  m_result.taken.push_back(entry(theirs, text) + ": " + why);
}

void OptionImporter::leave(const std::string& theirs, const std::string& text, const std::string& why) {
  m_result.left.push_back(entry(theirs, text) + ": " + why);
}

void OptionImporter::note(const std::string& what, const std::string& text) {
  m_result.notes.push_back(what + ": " + printableText(text));
}

bool OptionImporter::has(const std::string& ours) const {
  return std::ranges::any_of(m_result.options, [&](const auto& option) { return option.first == ours; });
}

std::string OptionImporter::valueOf(const std::string& ours) const {
  std::string found;
  for (const auto& [name, value] : m_result.options) {
    if (name == ours) found = value;
  }
  return found;
}

std::string numberText(double number) {
  std::array<char, 40> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

Result<ImportedOptions> importOptions(const fs::path& file) {
  LK_TRY(const auto text, readFile(file, kMaxBytes));
  return importOptionsText(text, file);
}

Result<ImportedOptions> importOptionsText(const std::string& text, const fs::path& file) {
  const auto first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return first != std::string::npos && text[first] == '{' ? importOneTrainer(text, file) : importSdScripts(text, file);
}

}  // namespace likeness
