#include "core/weights/safetensors.h"

#include "core/weights/safetensors_header.h"
#include "core/weights/tensor_layout.h"

namespace likeness {

struct SafetensorsFile::Content {
  std::shared_ptr<const MappedFile> file;
  SafetensorsHeader header;
};

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path) {
  LK_TRY(auto file, MappedFile::open(path));
  return read(std::move(file));
}

Result<SafetensorsFile> SafetensorsFile::read(std::shared_ptr<const MappedFile> file) {
  LK_TRY(auto header, parseSafetensorsHeader(file->bytes(), file->path()));
  return SafetensorsFile(std::make_shared<const Content>(Content{std::move(file), std::move(header)}));
}

const std::filesystem::path& SafetensorsFile::path() const { return m_content->file->path(); }
const std::map<std::string, TensorInfo>& SafetensorsFile::tensors() const { return m_content->header.tensors; }
const Metadata& SafetensorsFile::metadata() const { return m_content->header.metadata; }

torch::Tensor SafetensorsFile::tensor(const std::string& name) const {
  const auto& info = tensorInfo(*this, name);
  auto* data = m_content->file->bytes().data() + m_content->header.dataStart + info.begin;
  return tensorAt(data, info, contiguousStrides(info.shape), m_content);
}

}  // namespace likeness
