#include "core/weights/torch_file.h"

#include "core/weights/tensor_layout.h"
#include "core/weights/torch_contents.h"

namespace likeness {

struct TorchFile::Content {
  std::shared_ptr<const MappedFile> file;
  TorchContents contents;
};

Result<TorchFile> TorchFile::open(const std::filesystem::path& path) {
  LK_TRY(auto file, MappedFile::open(path));
  return read(std::move(file));
}

Result<TorchFile> TorchFile::read(std::shared_ptr<const MappedFile> file) {
  LK_TRY(auto contents, readTorchContents(file->bytes(), file->path()));
  return TorchFile(std::make_shared<const Content>(Content{std::move(file), std::move(contents)}));
}

const std::filesystem::path& TorchFile::path() const { return m_content->file->path(); }
const std::map<std::string, TensorInfo>& TorchFile::tensors() const { return m_content->contents.tensors; }
const Metadata& TorchFile::metadata() const { return m_content->contents.metadata; }

torch::Tensor TorchFile::tensor(const std::string& name) const {
  const auto& info = tensorInfo(*this, name);
  const auto& contents = m_content->contents;
  const auto strided = contents.strides.find(name);
  const auto strides = strided == contents.strides.end() ? contiguousStrides(info.shape) : strided->second;
  auto tensor = tensorAt(m_content->file->bytes().data() + info.begin, info, strides, m_content);
  return contents.shared.contains(name) ? tensor.clone(torch::MemoryFormat::Contiguous) : tensor;
}

}  // namespace likeness
