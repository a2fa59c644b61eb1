#include "core/weights/safetensors.h"

#include "core/weights/safetensors_header.h"

namespace likeness {

struct SafetensorsFile::Content {
  std::shared_ptr<const MappedFile> file;
  SafetensorsHeader header;
};

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path) {
  LK_TRY(auto file, MappedFile::open(path));
  LK_TRY(auto header, parseSafetensorsHeader(file->bytes(), path));
  return SafetensorsFile(std::make_shared<const Content>(Content{std::move(file), std::move(header)}));
}

const std::filesystem::path& SafetensorsFile::path() const { return m_content->file->path(); }
const std::map<std::string, TensorInfo>& SafetensorsFile::tensors() const { return m_content->header.tensors; }
const Metadata& SafetensorsFile::metadata() const { return m_content->header.metadata; }

torch::Tensor SafetensorsFile::tensor(const std::string& name) const {
  const auto found = tensors().find(name);
  if (found == tensors().end()) {
    throw ErrorException({ErrorCode::NotFound,
                          path().string() + " holds no tensor " + quotedName(name) + ". Choose a file of another kind.",
                          {},
                          path().string()});
  }
  const auto& info = found->second;
  if (info.begin == info.end) return torch::empty(info.shape, info.dtype);
  auto* data = m_content->file->bytes().data() + m_content->header.dataStart + info.begin;
  // A bool other than 0 and 1 is undefined in C++, so those are read as bytes first.
  if (info.dtype == torch::kBool) return torch::from_blob(data, info.shape, torch::kUInt8).ne(0);
  if (reinterpret_cast<std::uintptr_t>(data) % torch::elementSize(info.dtype) != 0) {
    auto copy = torch::empty(info.shape, info.dtype);
    std::memcpy(copy.data_ptr(), data, info.end - info.begin);
    return copy;
  }
  return torch::from_blob(data, info.shape, [content = m_content](void*) {}, info.dtype);
}

}  // namespace likeness
