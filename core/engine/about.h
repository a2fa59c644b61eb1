#pragma once
#include <filesystem>
#include <map>
#include <sstream>
#include <string>

#include "core/api/job.h"
#include "core/base/json.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// Collects what Inspect says, once for people and once as JSON.
class About {
 public:
  /// `kind` is for scripts, `words` for people.
  About(const std::string& kind, const std::string& words, const std::filesystem::path& path) {
    m_json = {{"kind", kind}, {"path", path.string()}};
    m_text << path.string() << ": " << words << '\n';
  }
  template <typename T>
  void add(const char* key, const char* label, const T& value) {
    m_json[key] = value;
    m_text << "  " << label << ": " << value << '\n';
  }
  void line(const std::string& text) { m_text << "  " << text << '\n'; }
  Json& json() { return m_json; }
  [[nodiscard]] Inspected answer() const {
    return {m_text.str(), m_json.dump(-1, ' ', false, Json::error_handler_t::replace)};
  }

 private:
  std::ostringstream m_text;
  Json m_json;
};

/// How much a file of tensors holds.
struct Counts {
  std::int64_t tensors = 0;
  std::uint64_t numbers = 0, bytes = 0;
  std::map<std::string, std::int64_t> dtypes;
};
void count(const TensorSource& file, Counts& counts);
[[nodiscard]] Json toJson(const Counts& counts);
/// "686 tensors, 859520964 parameters, 1.7 GB, 686 × fp16".
[[nodiscard]] std::string describe(const Counts& counts);

}  // namespace likeness
