#pragma once
#include <string>
#include <vector>

#include "core/project/import_options.h"

namespace likeness {

/// Gathers what an importer finds. Threads: one.
class OptionImporter {
 public:
  explicit OptionImporter(std::string program) { m_result.program = std::move(program); }

  /// `theirs` is `text` there and our option `ours` here, in the first of `values` that the option takes. Answers
  /// whether it was taken over; if not, it is left, saying so.
  bool take(const std::string& theirs, const std::string& text, const std::string& ours,
            const std::vector<std::string>& values);

  /// The same where it means what we do without being told: only noted as taken.
  void takeAsIs(const std::string& theirs, const std::string& text, const std::string& why);

  void leave(const std::string& theirs, const std::string& text, const std::string& why);
  /// "what: text", for people.
  void note(const std::string& what, const std::string& text);

  [[nodiscard]] bool has(const std::string& ours) const;
  [[nodiscard]] std::string valueOf(const std::string& ours) const;
  [[nodiscard]] ImportedOptions result() && { return std::move(m_result); }

 private:
  ImportedOptions m_result;
};

/// What a file holds as people may see it: short, without control characters, UTF-8.
[[nodiscard]] std::string printableText(const std::string& text);

/// A number as we write it.
[[nodiscard]] std::string numberText(double number);

/// The readers of the two formats.
[[nodiscard]] Result<ImportedOptions> importSdScripts(const std::string& toml, const std::filesystem::path& file);
[[nodiscard]] Result<ImportedOptions> importOneTrainer(const std::string& json, const std::filesystem::path& file);

}  // namespace likeness
