#include "tests/fuzz/line_source.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include "core/base/text.h"
#include "core/weights/safetensors_header.h"
#include "core/weights/tensor_layout.h"
#include "tests/fuzz/targets.h"

namespace likeness {
namespace {

// The text up to `mark`, taken off with the mark.
std::string_view cut(std::string_view& text, char mark) {
  const auto end = std::min(text.find(mark), text.size());
  const auto first = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return first;
}

class LineSource final : public TensorSource {
 public:
  explicit LineSource(std::string_view text) {
    constexpr int kMostLines = 500;
    for (int lines = 0; !text.empty() && lines < kMostLines; ++lines) addLine(cut(text, '\n'));
  }

  const std::filesystem::path& path() const override { return m_path; }
  const std::map<std::string, TensorInfo>& tensors() const override { return m_infos; }
  const Metadata& metadata() const override { return m_metadata; }
  torch::Tensor tensor(const std::string& name) const override {
    const auto found = m_infos.find(name);
    require(found != m_infos.end(), "only tensors that are there are asked for");
    const double value = m_nan.contains(name) ? NAN : 0.5;
    return torch::full({}, value).to(found->second.dtype).expand(found->second.shape);
  }

 private:
  void addLine(std::string_view line) {
    if (!isValidUtf8(line)) return;
    const bool isMetadata = line.starts_with('@');
    const std::string name(cut(line, ' '));
    if (isMetadata) {
      m_metadata.emplace(name.substr(1), line);
      return;
    }
    TensorInfo info;
    bool nan = false;
    while (!line.empty()) {
      const auto word = cut(line, ' ');
      std::int64_t size = 0;
      const auto [rest, failure] = std::from_chars(word.data(), word.data() + word.size(), size);
      if (failure == std::errc() && rest == word.data() + word.size()) {
        info.shape.push_back(size);
      } else if (const auto dtype = safetensorsDtype(word)) {
        info.dtype = *dtype;
      } else {
        nan = nan || word == "nan";
      }
    }
    const auto bytes = byteCount(info.dtype, info.shape);
    if (!bytes || info.shape.size() > 64) return;
    info.end = *bytes;
    if (m_infos.emplace(name, std::move(info)).second && nan) m_nan.emplace(name, true);
  }

  std::filesystem::path m_path = "fuzz/file";
  std::map<std::string, TensorInfo> m_infos;
  std::map<std::string, bool> m_nan;
  Metadata m_metadata;
};

}  // namespace

std::shared_ptr<const TensorSource> lineSource(std::span<const std::byte> text) {
  return std::make_shared<const LineSource>(std::string_view(reinterpret_cast<const char*>(text.data()), text.size()));
}

}  // namespace likeness
