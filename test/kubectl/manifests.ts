// Small manifests that several themes share.

export const webDeployment = ({ replicas = 1, image = "nginx:1.20.0" } = {}) => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app: web
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: nginx
        image: ${image}
        ports:
        - containerPort: 80
`;

export const webService = `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
  - name: http
    port: 81
    targetPort: 80
    nodePort: 30081
`;

export const pod = (name: string) => `
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels:
    run: ${name}
spec:
  containers:
  - name: web
    image: nginx:1.20.0
`;
